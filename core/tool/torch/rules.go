package torch

// torchRules are the wirings of classes whose forward functions are known:
// torchvision's (torchvision/models at v0.14 to v0.19) and of torch.nn. A line
// says classes and one rule, as parseRule reads it; where a class has several,
// the first that names just the modules there are is taken.
const torchRules = `Sequential Conv2dNormActivation Conv3dNormActivation ConvNormActivation ConvBNReLU ConvBNActivation MLP MLPBlock: *
DataParallel DistributedDataParallel OptimizedModule: *
BatchNormAct2d SyncBatchNormAct GroupNormAct LayerNormAct LayerNormAct2d: *
Linear Linear4bit Linear8bitLt Conv1d Conv2d Conv3d Embedding: add{base_layer|lora_dropout? lora_A lora_B lora_embedding_A? lora_embedding_B? lora_magnitude_vector?}
AlexNet VGG: features avgpool <flatten> classifier
ResNet: conv1 bn1 relu maxpool layer1 layer2 layer3 layer4 avgpool <flatten> fc
BasicBlock: add{conv1 bn1 relu conv2 bn2|downsample?} relu
BasicBlock: add{conv1 conv2|downsample?} relu
BasicBlock: add{conv1 bn1 <relu> conv2 bn2|shortcut} <relu>
Bottleneck: add{conv1 bn1 relu conv2 bn2 relu conv3 bn3|downsample?} relu
Bottleneck: add{conv1 conv2 conv3|downsample?} relu
Bottleneck: add{conv1 bn1 <relu> conv2 bn2 <relu> conv3 bn3|shortcut} <relu>
VideoResNet: stem layer1 layer2 layer3 layer4 avgpool <flatten> fc
BasicStem R2Plus1dStem Conv3DSimple Conv3DNoTemporal Conv2Plus1D TemporalSeparableConv: *
SqueezeNet: features classifier <flatten>
Fire: squeeze squeeze_activation concat{expand1x1 expand1x1_activation|expand3x3 expand3x3_activation}
DenseNet: features <relu> <adaptiveavgpool 1> <flatten> classifier
_DenseBlock _Transition: *
_DenseLayer: concat{|norm1 relu1 conv1 norm2 relu2 conv2}
MNASNet: layers <mean 2x3> classifier
_InvertedResidual: res{layers}
MobileNetV2: features <adaptiveavgpool 1> <flatten> classifier
InvertedResidual: res{conv}
MobileNetV3: features avgpool <flatten> classifier
InvertedResidual: res{block}
SqueezeExcitation: mul{|avgpool fc1 activation fc2 scale_activation}
EfficientNet: features avgpool <flatten> classifier
MBConv FusedMBConv: res{block stochastic_depth}
RegNet: stem trunk_output avgpool <flatten> fc
SimpleStemIN AnyStage BottleneckTransform: *
ResBottleneckBlock: add{f|proj?} activation
ConvNeXt: features avgpool classifier
CNBlock: add{block <layer_scale: layerscale over=channels> stochastic_depth|}
ShuffleNetV2: conv1 maxpool stage2 stage3 stage4 conv5 <mean 2x3> fc
InvertedResidual: concat{<chunk>|branch1~ <chunk part=1> branch2} <channelshuffle 2>
InvertedResidual: concat{branch1|branch2} <channelshuffle 2>
GoogLeNet: conv1 maxpool1 conv2 conv3 maxpool2 inception3a inception3b maxpool3 inception4a side{|aux1?} inception4b inception4c inception4d side{|aux2?} inception4e maxpool4 inception5a inception5b avgpool <flatten> dropout fc
BasicConv2d: conv bn <relu>
Inception: concat{branch1|branch2|branch3|branch4}
InceptionAux: <adaptiveavgpool 4> conv <flatten> fc1 <relu> dropout fc2
Inception3: Conv2d_1a_3x3 Conv2d_2a_3x3 Conv2d_2b_3x3 maxpool1 Conv2d_3b_1x1 Conv2d_4a_3x3 maxpool2 Mixed_5b Mixed_5c Mixed_5d Mixed_6a Mixed_6b Mixed_6c Mixed_6d Mixed_6e side{|AuxLogits?} Mixed_7a Mixed_7b Mixed_7c avgpool dropout <flatten> fc
InceptionA: concat{branch1x1|branch5x5_1 branch5x5_2|branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3|<avgpool 3 s1 p1> branch_pool}
InceptionB: concat{branch3x3|branch3x3dbl_1 branch3x3dbl_2 branch3x3dbl_3|<maxpool 3 s2>}
InceptionC: concat{branch1x1|branch7x7_1 branch7x7_2 branch7x7_3|branch7x7dbl_1 branch7x7dbl_2 branch7x7dbl_3 branch7x7dbl_4 branch7x7dbl_5|<avgpool 3 s1 p1> branch_pool}
InceptionD: concat{branch3x3_1 branch3x3_2|branch7x7x3_1 branch7x7x3_2 branch7x7x3_3 branch7x7x3_4|<maxpool 3 s2>}
InceptionE: concat{branch1x1|branch3x3_1 concat{branch3x3_2a|branch3x3_2b}|branch3x3dbl_1 branch3x3dbl_2 concat{branch3x3dbl_3a|branch3x3dbl_3b}|<avgpool 3 s1 p1> branch_pool}
InceptionAux: <avgpool 5 s3> conv0 conv1 <adaptiveavgpool 1> <flatten> fc
S3D: features avgpool classifier <mean 2x3x4>
SepInceptionBlock3D: concat{branch0|branch1|branch2|branch3}
SwinTransformer: features norm permute avgpool flatten head
SwinTransformer: features norm <permute 3x1x2> avgpool <flatten> head
SwinTransformerBlock: add{norm1 attn stochastic_depth|} add{norm2 mlp stochastic_depth|}
SwinTransformerBlockV2: add{attn norm1 stochastic_depth|} add{mlp norm2 stochastic_depth|}
PatchMerging: <concat dim=3 { slice dim=1 step=2; slice dim=2 step=2 | slice dim=1 from=1 step=2; slice dim=2 step=2 | slice dim=1 step=2; slice dim=2 from=1 step=2 | slice dim=1 from=1 step=2; slice dim=2 from=1 step=2 }> norm reduction
PatchMergingV2: <concat dim=3 { slice dim=1 step=2; slice dim=2 step=2 | slice dim=1 from=1 step=2; slice dim=2 step=2 | slice dim=1 step=2; slice dim=2 from=1 step=2 | slice dim=1 from=1 step=2; slice dim=2 from=1 step=2 }> reduction norm
VisionTransformer: conv_proj <flatten start=2; permute 2x1> <concat { class_token: param 1x$e | }> encoder <select 0> heads
Encoder: <add { | pos_embedding: param ?x$e }> dropout layers ln
EncoderBlock: add{ln_1 self_attention dropout|} add{ln_2 mlp|}
MaxVit: stem blocks classifier
MaxVitBlock: *
MaxVitLayer: *
MBConv: add{layers stochastic_depth|proj}
PartitionAttentionLayer: -partition_op -partition_swap <opaque type=WindowPartition weights=none buffers=none macs=0 out=?x49x$c> add{attn_layer stochastic_dropout|} add{mlp_layer stochastic_dropout|} -departition_swap -departition_op <opaque type=WindowDepartition weights=none buffers=none macs=0 out=$ex?x?>
IntermediateLayerGetter DeepLabHead FCNHead ASPPConv: *
FCN DeepLabV3: backbone.conv1 backbone.bn1 backbone.relu backbone.maxpool backbone.layer1 backbone.layer2 backbone.layer3 side{|aux_classifier?} backbone.layer4 classifier
DeepLabV3: backbone.0 backbone.1 backbone.2 backbone.3 backbone.4 side{|aux_classifier?} backbone.5 backbone.6 backbone.7 backbone.8 backbone.9 backbone.10 backbone.11 backbone.12 backbone.13 backbone.14 backbone.15 backbone.16 classifier
LRASPP: backbone.0 backbone.1 backbone.2 backbone.3 backbone.4 add{classifier.low_classifier|backbone.5 backbone.6 backbone.7 backbone.8 backbone.9 backbone.10 backbone.11 backbone.12 backbone.13 backbone.14 backbone.15 backbone.16 mul{classifier.cbr|classifier.scale} <opaque type=interpolate weights=none buffers=none macs=0 out=$cx?x?> classifier.high_classifier}
ASPP: concat{convs.0|convs.1|convs.2|convs.3|convs.4} project
ASPPPooling: 0 1 2 3 <opaque type=interpolate weights=none buffers=none macs=0 out=$cx?x?>
TransformerEncoderLayer: add{self_attn dropout1|} norm1 add{linear1 <relu> dropout linear2 dropout2|} norm2
TransformerEncoder: layers norm?
`
