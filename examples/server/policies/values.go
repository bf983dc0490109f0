package policies

import (
	"errors"
	"maps"
	"slices"

	"github.com/badgeproof/badgeproof/vc/strict"
	"github.com/badgeproof/badgeproof/verify"
)

// levels are the names of levels in policy files.
var levels = map[string]verify.Level{
	"ifPresent": verify.IfPresent, "required": verify.Required, "advisory": verify.Advisory, "off": verify.Off,
}

func level(v strict.Value, to *verify.Level) error {
	l, ok := levels[v.Text()]
	if !ok {
		return errors.New("has to be \"ifPresent\", \"required\", \"advisory\" or \"off\"")
	}
	*to = l
	return nil
}

func flag(v strict.Value, to *bool) error {
	if v.Kind() != strict.Bool {
		return errors.New("has to be true or false")
	}
	*to = v.Bool()
	return nil
}

func text(v strict.Value, to *string) error {
	if v.Kind() != strict.String {
		return errors.New("has to be a string")
	}
	*to = v.Text()
	return nil
}

// list reads an array of one or more strings that are not empty. An empty list would stand for no demand where
// the writer meant that nothing is acceptable.
func list(v strict.Value, to *[]string) error {
	for e := range v.Elements() {
		if e.Text() == "" {
			return errors.New("has an element that is no string, or empty")
		}
		*to = append(*to, e.Text())
	}
	if len(*to) == 0 {
		return errors.New("has to be an array of at least one string")
	}
	return nil
}

// anybody stands for every issuer.
const anybody = "any"

// trusted reads a list of identifiers, or "any".
func trusted(v strict.Value, to *verify.Issuers) error {
	if v.Text() == anybody {
		*to = verify.UnsafeAnyIssuer()
		return nil
	}
	var ids []string
	if err := list(v, &ids); err != nil {
		return err
	}
	*to = verify.IssuerSet(ids...)
	return nil
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
