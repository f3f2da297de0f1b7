package torch

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
)

// TestNetworksByName takes networks from libraries in the ways in which programs do, and
// changes a part of them.
func TestNetworksByName(t *testing.T) {
	for src, want := range map[string]string{
		"from torchvision import models\nm = models.googlenet(pretrained=True)\nm.fc = nn.Linear(1024, 10)": "5610154",
		"import torch\nm = torch.hub.load('pytorch/vision:v0.10.0', 'resnet18', pretrained=True)":           "11689512",
		"import timm\nm = timm.create_model('resnet50', pretrained=True, num_classes=10)":                   "23528522",
		"from torchvision.models.segmentation.deeplabv3 import DeepLabHead\nfrom torchvision import models\n" +
			"m = models.segmentation.deeplabv3_resnet101(pretrained=True, progress=True)\nm.classifier = DeepLabHead(2048, 1)": "60991062",
	} {
		r, err := readSource(sourceOf("a.py", src))
		if err != nil {
			t.Errorf("%s: %v", src, err)
		} else if got := count.Of(r.Model).Totals.Params(true).String(); got != want {
			t.Errorf("%s: %s parameters, want %s", src, got, want)
		}
	}
	for src, want := range map[string]string{
		"import timm\nm = timm.create_model('resnet50d')": `timm.create_model("resnet50d")`,
		"import torch\nyolo = torch.hub.load('ultralytics/yolov5', 'yolov5s')\nmodel = 3\n" +
			"net = torch.hub.load('ultralytics/yolov5', 'yolov5s')": "torch.hub.load()",
	} {
		_, err := readSource(sourceOf("a.py", src))
		d, _ := err.(*diag.Diag)
		if d == nil || d.Say.Key != catalog.SourceUnknown || d.Say.Args[1] != any(want) {
			t.Errorf("%s: %v, want that %s is unknown", src, err, want)
		}
	}
}
