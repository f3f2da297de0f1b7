package exporter

import (
	"bytes"
	"encoding/json"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// report is what paramstack.report() gives in the page, with the network's stack
// text beside it, as JSON. docs/report.md says what the names mean.
var report = Format{
	Name: "json", Label: catalog.ExportJSON, Ext: ".json",
	Write: func(n *Net) (string, []*diag.Diag) {
		record := n.Report.Record(n.Model.Name, n.Style)
		record["format"] = "paramstack report 1"
		record["text"] = text.Format(n.Model)
		rows := record["rows"].([]any)
		delete(record, "rows")
		// A row a line: a file of thousands of rows stays readable.
		var b bytes.Buffer
		b.Write(bytes.TrimSuffix(marshal(record), []byte("}")))
		b.WriteString(",\"rows\":[")
		for i, row := range rows {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
			b.Write(marshal(row))
		}
		b.WriteString("\n]}\n")
		return b.String(), nil
	},
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps, lists, strings, numbers and booleans cannot fail
	}
	return data
}
