package trace

import (
	"cmp"
	"embed"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// preludeSource defines the modules of torch.nn and torchvision that are made of
// others, in Python of our own: what they hold and how it is wired.
//
//go:embed prelude.py
var preludeSource string

// modelsSources are networks of torchvision.models, in Python of our own: those that
// programs ask for most first, since the others are run only where one of them is.
//
//go:embed models.py models_more.py models_late.py
var modelsSources embed.FS

// preludeModules are the modules that the prelude speaks for.
var preludeModules = map[string]string{"torchvision.ops": "ops", "torchvision.ops.misc": "ops",
	"torchvision.ops.stochastic_depth": "ops",
	"torchvision.models":               "models", "torchvision.models._utils": "models", "torchvision.models._api": "models",
	"torchvision.utils": "models", "timm.layers": "ops",
	"timm.models.layers": "ops", "ops.misc": "ops", "ops.stochastic_depth": "ops", "ops": "ops", "_api": "models",
	"_utils": "models", "utils": "models",
	"_meta": "models"}

// preludeOf returns which part of the prelude speaks for a module, "" if none does.
func preludeOf(name string) string {
	if strings.HasPrefix(name, "torchvision.models.") { // those of its files: torchvision.models.resnet
		return "models"
	}
	return preludeModules[strings.TrimLeft(name, ".")]
}

func (p *Program) preludeModule(name string) *eval.Module {
	own := p.prelude()
	m := eval.NewModule(name)
	m.Missing = func(in *eval.Interp, attr string) eval.Value {
		if attr == "_utils" || attr == "models" || attr == "ops" || attr == "misc" {
			return own
		}
		if slices.Contains(modelFiles, attr) && name == "torchvision.models" {
			return importModule(in, name+"."+attr)
		}
		if v, ok := own.Attrs.Get(attr); ok && !strings.HasPrefix(attr, "__") {
			return v
		}
		if preludeOf(name) == "models" {
			return p.networkOf(attr)
		}
		return nil
	}
	return m
}

// modelFiles are the modules of torchvision.models, but for those that it has a network
// of the same name for.
var modelFiles = strings.Fields(`resnet vgg squeezenet densenet inception mobilenet mobilenetv2 mobilenetv3 mnasnet
	shufflenetv2 efficientnet regnet vision_transformer swin_transformer convnext maxvit segmentation detection video
	quantization optical_flow`)

// libraryNames are networks that libraries of models have as torchvision has them, of the
// same name where none is stated.
var libraryNames = map[string]string{"resnet18": "", "resnet34": "", "resnet50": "", "resnet101": "", "resnet152": "",
	"resnext50_32x4d": "", "wide_resnet50_2": "", "densenet121": "", "densenet161": "", "densenet169": "",
	"densenet201": "", "efficientnet_b0": "", "mobilenetv2_100": "mobilenet_v2", "vit_base_patch16_224": "vit_b_16",
	"vit_large_patch16_224": "vit_l_16", "swin_tiny_patch4_window7_224": "swin_t", "convnext_tiny": ""}

// loaded is a network that a program asks a library for by its name, as
// torch.hub.load("pytorch/vision", …) and timm.create_model(…) do.
func (p *Program) loaded(library, name string, a eval.Args) eval.Value {
	unknown := &eval.Unknown{Name: library + "(" + strconv.Quote(name) + ")"}
	if library == "timm.create_model" {
		same, ok := libraryNames[name]
		if chans, given := a.Get("in_chans"); !ok || given && chans != eval.Value(int64(3)) {
			return unknown
		}
		name = cmp.Or(same, name)
	}
	make := p.networkOf(name)
	if _, is := make.(*eval.Unknown); is || make == nil {
		return unknown
	}
	return p.in.Call(make, eval.Args{Names: a.Names, Named: a.Named})
}

// networkOf returns a network of torchvision.models by its name; what has another is
// unknown.
func (p *Program) networkOf(name string) eval.Value {
	if strings.HasPrefix(name, "_") {
		return nil
	}
	for i, file := range []string{"models.py", "models_more.py", "models_late.py"} {
		if i == len(p.networks) {
			text, err := modelsSources.ReadFile(file)
			if err != nil {
				panic(err)
			}
			p.networks = append(p.networks, p.in.Library(file, string(text)))
		}
		if v, ok := p.networks[i].Attrs.Get(name); ok {
			return v
		}
	}
	return &eval.Unknown{Name: "torchvision.models." + name}
}

// prelude runs the prelude, once.
func (p *Program) prelude() *eval.Module {
	if p.own == nil {
		p.own = p.in.Library("prelude.py", preludeSource)
	}
	return p.own
}
