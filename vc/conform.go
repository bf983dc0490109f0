package vc

import "github.com/badgeproof/badgeproof/vc/strict"

// Codes of Conform.
const (
	codeMissing      = "model.missing"
	codeType         = "model.type"
	codeValue        = "model.value"
	codeContext      = "model.context"
	codeDate         = "model.date"
	codeRestructured = "model.restructured"
	codeBudget       = "budget"
)

// Conform lists every breach of the declared data model, in document order.
func Conform(c *Credential) []*strict.Error { return nil }
