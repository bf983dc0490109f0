package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/badgeproof/badgeproof/badge"
	"github.com/badgeproof/badgeproof/examples/server/view"
	"github.com/badgeproof/badgeproof/keys"
	"github.com/badgeproof/badgeproof/verify"
	"github.com/badgeproof/badgeproof/verify/fetch"
)

// options are what the page asks for beside the badge. The zero value asks for nothing, and for no lookups.
type options struct {
	Recipient string   `json:"recipient"` // an e-mail address or an identifier; "" asks for nobody
	Issuer    string   `json:"issuer"`    // the only one that will do; "" takes any
	Languages []string `json:"languages"` // that the reader likes, best first
	Evidence  string   `json:"evidence"`  // an evidence bundle that answers every lookup; "" has the page answer
}

// answer is what the page shows.
type answer struct {
	Report   *verify.Report  `json:"report,omitempty"`
	Badge    *view.Badge     `json:"badge,omitempty"`
	Evidence json.RawMessage `json:"evidence,omitempty"` // a bundle of what the verdict rests on
	Refused  *refusal        `json:"refused,omitempty"`
}

// refusal says why nothing was judged.
type refusal struct {
	Bundle bool   `json:"bundle,omitempty"` // it is the evidence bundle that cannot be used
	Reason string `json:"reason"`
}

// fetcher finds documents, as packages keys and verify ask for them.
type fetcher interface {
	Fetch(ctx context.Context, url, accept string) (body []byte, mediaType string, err error)
	FetchFrom(ctx context.Context, url, accept string) (body []byte, mediaType, from string, err error)
}

// judge verifies what the bytes hold: a badge in any of the forms that package badge opens. page answers
// lookups, unless the options have an evidence bundle; the badge is then judged as of when that was recorded.
func judge(ctx context.Context, data []byte, o options, page fetcher, now time.Time) answer {
	source, at := page, now
	if o.Evidence != "" {
		bundle, err := fetch.ParseBundle([]byte(o.Evidence))
		if err != nil {
			return answer{Refused: &refusal{Bundle: true, Reason: err.Error()}}
		}
		source, at = fetch.NewReplayer(bundle), bundle.RecordedAt
	}
	recorder := fetch.NewRecorder(source, func() time.Time { return at })
	v, err := verify.New(verify.Config{Keys: keys.Default(recorder), Status: recorder, Schemas: recorder, Resources: recorder})
	if err != nil {
		return refused(err)
	}
	b, report, err := verdict(ctx, v, data, o.policy(at))
	if report == nil {
		return refused(err)
	}
	evidence, err := recorder.Bundle().Marshal()
	if err != nil {
		return refused(err)
	}
	return answer{Report: report, Badge: view.Of(b, data, report, o.Languages...), Evidence: evidence}
}

func refused(err error) answer { return answer{Refused: &refusal{Reason: err.Error()}} }

// verdict opens and verifies. What is no badge has a report too.
func verdict(ctx context.Context, v *verify.Verifier, data []byte, p verify.Policy) (*badge.Badge, *verify.Report, error) {
	b, err := badge.Open(data)
	if err != nil {
		report, err := verify.Unreadable(err, p.At)
		return nil, report, err
	}
	report, err := badge.Verify(ctx, v, b, p)
	return b, report, err
}

// policy is that of Open Badges, with what the page asks for on top.
func (o options) policy(at time.Time) verify.Policy {
	issuers := verify.UnsafeAnyIssuer()
	if o.Issuer != "" {
		issuers = verify.IssuerSet(o.Issuer)
	}
	p := badge.Policy(issuers)
	p.At = at.UTC().Truncate(time.Second)
	switch {
	case o.Recipient == "":
	case strings.Contains(o.Recipient, "@"):
		p.Recipient = badge.Email(o.Recipient)
	default:
		p.Recipient = badge.ID(o.Recipient)
	}
	return p
}

// run is judge from text to text.
func run(ctx context.Context, data []byte, text string, page fetcher) (string, error) {
	var o options
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return "", errors.New("the options are no JSON object")
	}
	out, err := json.Marshal(judge(ctx, data, o, page, time.Now()))
	return string(out), err
}
