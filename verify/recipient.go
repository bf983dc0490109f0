package verify

// recipient asks the policy's [Recipient] whether the credential was given to whom it should have
// been. An answer that is no answer, a skipped check or an outcome without a problem, leaves it open.
func (r *run) recipient() Result {
	if r.p.Recipient == nil {
		return skipped(checkRecipient, reasonNotAsked)
	}
	answer := r.p.Recipient.Match(r.c)
	answer.Check = checkRecipient
	switch {
	case answer.Outcome == Passed && len(answer.Problems) == 0:
		return answer
	case answer.Outcome == Failed && len(answer.Problems) > 0:
		return answer
	case len(answer.Problems) > 0:
		answer.Outcome, answer.Reason = Undecided, answer.Problems[0].Code
		return answer
	}
	open := Findings(checkRecipient, problem("recipient.unidentified", r.member("credentialSubject"), "whose credential it is was not answered"))
	open.Hints = answer.Hints
	return open
}
