package doc

import (
	"bytes"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/text"
	"paramstack/core/tool/target"
)

// JSON is the result of paramstack.report() in the page, with the network's stack
// text added. docs/report.md documents the names.
var JSON = target.Writer{
	ID: "json", Label: catalog.ExportJSON, Ext: ".json",
	Write: func(n *target.Network) (string, []*diag.Diag) {
		record := n.Report.Record(n.Model.Name, n.Style)
		record["format"] = "paramstack report 1"
		record["text"] = text.Format(n.Model)
		rows := record["rows"].([]any)
		delete(record, "rows")
		// A row a line: a file of thousands of rows stays readable.
		var b bytes.Buffer
		b.Write(bytes.TrimSuffix(target.Marshal(record), []byte("}")))
		b.WriteString(",\"rows\":[")
		for i, row := range rows {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
			b.Write(target.Marshal(row))
		}
		b.WriteString("\n]}\n")
		return b.String(), nil
	},
}
