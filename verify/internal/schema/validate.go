package schema

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/badgeproof/badgeproof/vc/strict"
)

// Codes of this package.
const (
	codeInvalid  = "schema.invalid"  // the document does not conform
	codeUnusable = "schema.unusable" // the schema cannot be used
	codeBudget   = "budget"
	codeDeadline = "deadline"
)

// Dialect is the draft of a schema that does not say its own.
type Dialect uint8

// The dialects.
const (
	Draft2020 Dialect = iota // 2020-12
	Draft2019                // 2019-09
)

// Input is what to validate, and by what.
type Input struct {
	Document strict.Value
	Schema   strict.Value
	URL      string // of Schema, absolute; references are relative to it
	Dialect  Dialect
	// Load gets a schema that another refers to. Its error ends the validation, and is returned.
	Load   func(ctx context.Context, url string) ([]byte, error)
	Limits Limits
	// Cache is where compiled schemas are kept; nil for nowhere. Those in one cache have the same limits.
	Cache *Cache
}

// Validate lists the breaches of the schema in the document, with the code schema.invalid and pointers
// into the document; none means that it conforms. The error says that this could not be decided:
// schema.unusable, budget, deadline, or what Load returned. Formats are asserted where the draft
// asserts them (draft 7), annotations are ignored.
func Validate(ctx context.Context, in Input) (breaches []*strict.Error, err error) {
	limits := in.Limits.orDefault()
	v := &validation{ctx: ctx, limits: limits, load: in.Load}
	defer func() {
		if p := recover(); p != nil {
			breaches, err = nil, v.stopped(p)
		}
	}()
	p := in.Cache.take(in)
	if p == nil {
		if p, err = v.compile(in); err != nil {
			return nil, v.unusable(err)
		}
	}
	p.run = v
	document, n, err := plain(in.Document)
	if err != nil {
		return nil, budget("the document has a number that is too long to be compared")
	}
	v.size = n
	if n*p.values > limits.Work {
		return nil, budget("the document and its schema are too large to be compared")
	}
	invalid, ok := errors.AsType[*jsonschema.ValidationError](p.compiled.Validate(document))
	in.Cache.put(in, p)
	if !ok {
		return nil, nil
	}
	if circular(invalid) {
		return nil, unusable("the schema refers to itself without an end", nil)
	}
	v.list(invalid, in.Document)
	return v.breaches, nil
}

// validation is one validation under way.
type validation struct {
	ctx    context.Context
	limits Limits
	load   func(ctx context.Context, url string) ([]byte, error)

	documents, values, steps, work int
	size                           int // values in the document

	schemas  []*jsonschema.Schema // as they are compiled
	cause    error                // of the load that failed
	breaches []*strict.Error
}

// stop ends a validation from inside the library, by way of a panic that Validate recovers.
type stop struct{ err error }

func (v *validation) stopped(p any) error {
	if s, ok := p.(stop); ok {
		return s.err
	}
	return unusable("the schema cannot be applied: "+clip(fmt.Sprint(p)), nil)
}

// step counts one application of a schema to a value.
func (v *validation) step() {
	if v.steps++; v.steps > v.limits.Steps {
		panic(stop{budget("the schema takes too much work")})
	}
	if v.steps%1024 == 0 && v.ctx.Err() != nil {
		panic(stop{&strict.Error{Code: codeDeadline, Offset: -1, Err: v.ctx.Err(), Detail: "the time for this verification ran out while a schema was applied"}})
	}
}

// circular reports whether the schema came back to itself at one value.
func circular(e *jsonschema.ValidationError) bool {
	if _, ok := e.ErrorKind.(*kind.RefCycle); ok {
		return true
	}
	return slices.ContainsFunc(e.Causes, circular)
}

// spend takes work from the budget.
func (v *validation) spend(work int) {
	if v.work += work; v.work > v.limits.Work {
		panic(stop{budget("the schema takes too much work")})
	}
}

// list collects the innermost causes.
func (v *validation) list(e *jsonschema.ValidationError, document strict.Value) {
	if len(v.breaches) >= v.limits.Findings {
		return
	}
	if len(e.Causes) > 0 {
		for _, cause := range e.Causes {
			v.list(cause, document)
		}
		return
	}
	pointer := ""
	for _, token := range e.InstanceLocation {
		pointer = strict.Join(pointer, token)
	}
	_, detail, _ := strings.Cut(e.Error(), ": ")
	v.breaches = append(v.breaches, &strict.Error{Code: codeInvalid, Pointer: document.Pointer() + pointer,
		Offset: document.Lookup(pointer).Offset(), Detail: "the schema does not allow this: " + clip(detail)})
}

// unusable wraps what the library says about a schema, unless a load failed or work ran out.
func (v *validation) unusable(err error) error {
	if v.cause != nil {
		return v.cause
	}
	if _, ok := errors.AsType[*strict.Error](err); ok {
		return err
	}
	return unusable("the schema cannot be used: "+clip(err.Error()), err)
}

func unusable(detail string, cause error) error {
	return &strict.Error{Code: codeUnusable, Offset: -1, Detail: detail, Err: cause}
}

func budget(detail string) error {
	return &strict.Error{Code: codeBudget, Offset: -1, Detail: detail}
}

// clip shortens text that a stranger wrote, to one line.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxSentence {
		s = strings.ToValidUTF8(s[:maxSentence], "") + "…"
	}
	return s
}
