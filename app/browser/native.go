//go:build !js

package browser

import "github.com/maxence-charriere/go-app/v9/pkg/app"

func native(v app.Value) any { return v }
