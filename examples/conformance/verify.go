package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/badgeproof/badgeproof/vc"
	"github.com/badgeproof/badgeproof/verify"
)

// maxInput is how long an input or a key file may be, in bytes.
const maxInput = 16 << 20

// feature is what the suite asks for: what is secured, and how.
type feature struct {
	presentation bool
	format       vc.Format
}

var features = map[string]feature{
	"credential_jose":    {format: vc.JWT},
	"credential_sdjwt":   {format: vc.SelectiveDisclosure},
	"credential_cose":    {format: vc.COSESign1},
	"presentation_jose":  {presentation: true, format: vc.JWT},
	"presentation_sdjwt": {presentation: true, format: vc.SelectiveDisclosure},
	"presentation_cose":  {presentation: true, format: vc.COSESign1},
}

// answer is what is written for the suite. The report is this program's own.
type answer struct {
	Result string         `json:"result"` // success, failure, indeterminate or error
	Data   string         `json:"data,omitempty"`
	Report *verify.Report `json:"report,omitempty"`
}

// verifyCommand writes an answer in any case that leaves somewhere to write it.
func verifyCommand(ctx context.Context, args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	input := flags.String("input", "", "the `FILE` with the secured credential or presentation")
	name := flags.String("feature", "", "credential_jose, credential_sdjwt, credential_cose, presentation_jose, …")
	output := flags.String("output", "", "the `FILE` to write the result to")
	var files []string
	flags.Func("key", "a `FILE` with a verification method or JWK that it may be signed with; repeatable", func(f string) error {
		files = append(files, f)
		return nil
	})
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usageError{err}
	}
	asked, known := features[*name]
	switch {
	case *input == "" || *output == "" || len(files) == 0 || flags.NArg() > 0:
		return usageError{errors.New("verify takes --input, --key, --feature and --output")}
	case !known:
		return errors.Join(usageError{fmt.Errorf("unknown feature %q", *name)}, write(*output, answer{Result: "indeterminate", Data: "unknown feature"}))
	}
	a, err := judge(ctx, *input, files, asked)
	if err != nil {
		a = answer{Result: "error", Data: err.Error()}
	}
	return errors.Join(err, write(*output, a))
}

// judge verifies the input with the keys. The error says that a file cannot be used.
func judge(ctx context.Context, input string, files []string, asked feature) (answer, error) {
	data, err := readFile(input, maxInput)
	if err != nil {
		return answer{}, err
	}
	ring, err := readKeys(files)
	if err != nil {
		return answer{}, err
	}
	v, err := verify.New(verify.Config{Keys: ring})
	if err != nil {
		return answer{}, err
	}
	report, err := asked.verify(ctx, v, secured(data, asked.format))
	if err != nil {
		return answer{Result: "failure", Data: err.Error(), Report: report}, nil
	}
	result, why := outcome(report)
	if proof, _ := report.Check("proof"); result == "indeterminate" && proof.Reason == "key.unresolved" {
		result, why = "failure", "none of the given keys made the signature"
	}
	return answer{Result: result, Data: why, Report: report}, nil
}

// secured takes the message out of the input file: a COSE message is written there in base64, with or
// without padding. Where it is not, it is left for the parser to refuse.
func secured(data []byte, format vc.Format) []byte {
	data = bytes.TrimSpace(data)
	if format != vc.COSESign1 {
		return data
	}
	if message, err := base64.RawStdEncoding.Strict().DecodeString(strings.TrimRight(string(data), "=")); err == nil {
		return message
	}
	return data
}

// verify judges what was asked for, and nothing else: a presentation is no credential, and a JWT no
// COSE message. The error says that the input is none. Whom the keys belong to, whether the period of
// validity is over, and what status lists and schemas say is not asked: the suite gives a key, and signed its
// samples long ago.
func (f feature) verify(ctx context.Context, v *verify.Verifier, data []byte) (*verify.Report, error) {
	policy := verify.Policy{
		Issuers: verify.UnsafeAnyIssuer(), Binding: verify.SelfAsserted,
		Status: verify.Off, Schema: verify.Off, Resources: verify.Off, Holder: verify.Off,
	}
	if f.presentation {
		p, err := vc.ParsePresentation(data, vc.Limits{})
		if err != nil {
			return nil, err
		}
		if p.Format() != f.format {
			return nil, fmt.Errorf("the presentation is secured as %s", p.Format())
		}
		report, _ := v.VerifyPresentation(ctx, p, policy)
		return report, nil
	}
	c, err := vc.Parse(data, vc.Limits{})
	if err != nil {
		return nil, err
	}
	if c.Format() != f.format || c.IsPresentation() {
		return nil, fmt.Errorf("the input is no credential that is secured as %s", f.format)
	}
	report, _ := v.Verify(ctx, c, policy)
	return report, nil
}

// outcome reads the securing mechanism's part out of a report: what was read, whether it follows the data
// model, and whether the signature matches. Of the credentials in a presentation, each must be a secured
// credential that is not known to be bad; the suite gives no keys for them.
func outcome(report *verify.Report) (result, why string) {
	result = "success"
	for _, name := range []string{"parse", "model", "proof"} {
		switch check, _ := report.Check(name); {
		case check.Outcome == verify.Failed:
			return "failure", reason(check)
		case check.Outcome != verify.Passed && result == "success":
			result, why = "indeterminate", reason(check)
		}
	}
	if check, ok := report.Check("credentials"); ok && len(report.Credentials) == 0 {
		return "failure", reason(check)
	}
	for _, inside := range report.Credentials {
		if proof, _ := inside.Check("proof"); proof.Reason == "proof.method" {
			continue // by a key that was not given
		}
		if r, w := outcome(inside); r == "failure" {
			return r, "a credential inside: " + w
		}
	}
	return result, why
}

// reason returns the finding that decided a check.
func reason(check verify.Result) string {
	i := slices.IndexFunc(check.Problems, func(p verify.Problem) bool { return p.Code == check.Reason })
	if i < 0 {
		return check.Check + ": " + check.Reason
	}
	return check.Reason + ": " + check.Problems[i].Detail
}

// write writes the answer to a file.
func write(file string, a answer) error {
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
