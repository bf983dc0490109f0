package canon

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/piprate/json-gold/ld"

	"github.com/badgeproof/badgeproof/vc/contexts"
	"github.com/badgeproof/badgeproof/vc/strict"
)

// The oracle is piprate/json-gold: another implementation of JSON-LD and of RDF canonicalization. On
// every document that both accept the canonical N-Quads are equal, or the difference is a named
// defect of the oracle with a test of its own in defects_test.go.

// oracleTime is how long the oracle may take; some documents keep it busy without end.
const oracleTime = 5 * time.Second

// errOracle says that the oracle did not come to a result: it panicked or ran away.
var errOracle = errors.New("the oracle panicked or ran away")

// setLoader gives the oracle the contexts of a set, and nothing from files or the network.
type setLoader struct{ set *contexts.Set }

func (l setLoader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	found := l.set.Lookup(url)
	if found == nil {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	var document any
	if err := json.Unmarshal(found[0].Body(), &document); err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, nil
}

// oracle returns the canonical N-Quads of a document by json-gold with its safe mode on. It is
// guarded: what it says of a hostile document may be a panic or nothing at all.
func oracle(set *contexts.Set, document string) (string, error) {
	return guarded(set, func(options *ld.JsonLdOptions) (string, error) {
		var value any
		if err := json.Unmarshal([]byte(document), &value); err != nil {
			return "", err
		}
		result, err := ld.NewJsonLdProcessor().Normalize(value, options)
		text, _ := result.(string)
		return text, err
	})
}

// oracleDataset returns the N-Quads of a dataset made canonical by json-gold.
func oracleDataset(nquads string) (string, error) {
	return guarded(nil, func(options *ld.JsonLdOptions) (string, error) {
		dataset, err := ld.ParseNQuads(nquads)
		if err != nil {
			return "", err
		}
		result, err := ld.NewJsonLdApi().Normalize(dataset, options)
		text, _ := result.(string)
		return text, err
	})
}

func guarded(set *contexts.Set, work func(options *ld.JsonLdOptions) (string, error)) (string, error) {
	if set == nil {
		set = contexts.Embedded()
	}
	options := ld.NewJsonLdOptions("")
	options.ProcessingMode = ld.JsonLd_1_1
	options.Algorithm = ld.AlgorithmURDNA2015
	options.Format = "application/n-quads"
	options.DocumentLoader = setLoader{set}
	options.SafeMode = true
	type outcome struct {
		text string
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- outcome{err: fmt.Errorf("%w: %v", errOracle, r)}
			}
		}()
		text, err := work(options)
		done <- outcome{text, err}
	}()
	select {
	case o := <-done:
		return o.text, o.err
	case <-time.After(oracleTime):
		return "", errOracle
	}
}

// withEvidence adds the evidence of the known attack to a credential.
func withEvidence(t testing.TB, credential string) string {
	t.Helper()
	at := strings.LastIndex(credential, "}")
	return credential[:at] + `, "evidence": [{"id": "http://evil example/", "type": ["Evidence"], "name": "PhD in everything"}]}`
}

// TestOracleAloneDoesNotSeeAddedContent is why the oracle is no more than that: content added to a
// signed credential leaves its canonical form, and so its signature, as it was.
func TestOracleAloneDoesNotSeeAddedContent(t *testing.T) {
	credential := string(sharedFile(t, "bench/simple.json"))
	before, err := oracle(nil, credential)
	if err != nil {
		t.Fatal(err)
	}
	forged := withEvidence(t, credential)
	after, err := oracle(nil, forged)
	if err != nil || after != before {
		t.Errorf("the oracle sees the added content (%v): it has become better", err)
	}
	p := New(nil, Limits{})
	ours, err := p.Canonicalize(Input{Value: parse(t, credential)}, Options{})
	if err != nil || string(ours.NQuads()) != before {
		t.Errorf("the genuine credential: %v", err)
	}
	_, err = p.Canonicalize(Input{Value: parse(t, forged)}, Options{})
	var refused *strict.Error
	if !errors.As(err, &refused) || refused.Code != codeIRI || refused.Pointer != "/evidence/0/id" {
		t.Errorf("the forged credential: %v, want the code %s at /evidence/0/id", err, codeIRI)
	}
}
