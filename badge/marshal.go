package badge

// Every class is written by the engine of shapewrite.go. encoding/json finds it by these methods
// only, and needs one for each.

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (a AchievementCredential) MarshalJSON() ([]byte, error) { return marshal(a) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (e EndorsementCredential) MarshalJSON() ([]byte, error) { return marshal(e) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c ClrCredential) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (v VerifiableCredential) MarshalJSON() ([]byte, error) { return marshal(v) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (s Subject) MarshalJSON() ([]byte, error) { return marshal(s) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (e EndorsementSubject) MarshalJSON() ([]byte, error) { return marshal(e) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c ClrSubject) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c CredentialSubject) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (a Achievement) MarshalJSON() ([]byte, error) { return marshal(a) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (p Profile) MarshalJSON() ([]byte, error) { return marshal(p) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (a Address) MarshalJSON() ([]byte, error) { return marshal(a) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (g GeoCoordinates) MarshalJSON() ([]byte, error) { return marshal(g) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (a Alignment) MarshalJSON() ([]byte, error) { return marshal(a) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c Criteria) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (e Evidence) MarshalJSON() ([]byte, error) { return marshal(e) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (i Image) MarshalJSON() ([]byte, error) { return marshal(i) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (i IdentifierEntry) MarshalJSON() ([]byte, error) { return marshal(i) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (i IdentityObject) MarshalJSON() ([]byte, error) { return marshal(i) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (r Related) MarshalJSON() ([]byte, error) { return marshal(r) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (r Result) MarshalJSON() ([]byte, error) { return marshal(r) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (r ResultDescription) MarshalJSON() ([]byte, error) { return marshal(r) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (r RubricCriterionLevel) MarshalJSON() ([]byte, error) { return marshal(r) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c CredentialSchema) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (c CredentialStatus) MarshalJSON() ([]byte, error) { return marshal(c) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (r RefreshService) MarshalJSON() ([]byte, error) { return marshal(r) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (t TermsOfUse) MarshalJSON() ([]byte, error) { return marshal(t) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (p Proof) MarshalJSON() ([]byte, error) { return marshal(p) }

// MarshalJSON writes what was not changed as it was read, and the rest as the specification says.
func (a Association) MarshalJSON() ([]byte, error) { return marshal(a) }
