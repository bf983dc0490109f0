package verify

import "github.com/badgeproof/badgeproof/vc"

// model checks the credential against the data model that it declares, and the claims of a JWT
// against the credential inside.
func (r *run) model() Result {
	result := Findings(checkModel, vc.Conform(r.c)...)
	if r.c.JWS() != nil || r.c.SDJWT() != nil || r.c.COSE() != nil {
		breaches, deviations := r.claims()
		for _, b := range breaches {
			result.add(newProblem(b))
		}
		for _, d := range deviations {
			result.Warnings = append(result.Warnings, newProblem(d))
		}
	}
	return result
}
