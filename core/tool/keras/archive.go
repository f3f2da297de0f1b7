package keras

import (
	"bytes"
	"path"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/archive"
	"paramstack/core/tool/keras/hdf5"
	"paramstack/core/tool/source"
)

// isArchive distinguishes a .keras archive from others by its first entries.
func isArchive(head []byte, f *source.File) bool {
	return bytes.HasPrefix(head, []byte(archive.Signature)) &&
		(strings.EqualFold(path.Ext(f.Name), ".keras") || bytes.Contains(head, []byte("metadata.json")) &&
			bytes.Contains(head, []byte("keras_version")))
}

// readArchive reads a .keras archive: config.json, and model.weights.h5 by its
// shapes alone.
func readArchive(f *source.File) (*source.Result, error) {
	a, err := archive.Open(f)
	if err != nil {
		return nil, err
	}
	entry := a.Entry("config.json")
	if entry == nil {
		return nil, diag.New(catalog.ImportKerasNoConfig)
	}
	config, err := entry.Bytes()
	if err != nil {
		return nil, err
	}
	var store *weightStore
	if entry := a.Entry("model.weights.h5"); entry != nil {
		root, err := rootOf(entry)
		if store, err = storeOf(f, root, err); err != nil {
			return nil, err
		}
	}
	return readJSON(f, config, store)
}

// rootOf opens an HDF5 file in an archive.
func rootOf(entry *archive.Entry) (*hdf5.Object, error) {
	inner, err := entry.File()
	if err != nil {
		return nil, err
	}
	file, err := hdf5.Open(inner)
	if err != nil {
		return nil, err
	}
	return file.Root()
}

// readHDF5 reads an HDF5 file: the model in its model_config, or weights alone.
func readHDF5(f *source.File) (*source.Result, error) {
	file, err := hdf5.Open(f)
	if err != nil {
		return nil, err
	}
	root, err := file.Root()
	if err != nil {
		return nil, err
	}
	config, err := root.Text("model_config")
	if err != nil {
		return nil, err
	}
	weights, err := root.Member("model_weights")
	if weights == nil {
		weights = root // a file of weights alone
	}
	store, err := storeOf(f, weights, err)
	if err != nil {
		return nil, err
	}
	if config == "" {
		return readTensors(store, "")
	}
	return readJSON(f, []byte(config), store)
}
