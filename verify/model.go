package verify

import "github.com/badgeproof/badgeproof/vc"

// model checks the credential against the data model that it declares, and the claims of a JWT
// against the credential inside.
func (r *run) model() Result {
	result := Findings(checkModel, vc.Conform(r.c)...)
	if j := r.c.JWS(); j != nil {
		breaches, deviations := r.claims(j)
		for _, b := range breaches {
			result.add(newProblem(b))
		}
		for _, d := range deviations {
			result.Warnings = append(result.Warnings, newProblem(d))
		}
	}
	return result
}
