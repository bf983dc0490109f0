package vc_test

import (
	"fmt"

	"github.com/badgeproof/badgeproof/vc"
)

func ExampleParse() {
	c, err := vc.Parse([]byte(`{
		"@context": ["https://www.w3.org/ns/credentials/v2"],
		"type": ["VerifiableCredential"],
		"issuer": {"id": "did:web:example.edu", "name": "Example University"},
		"validFrom": "2024-05-31T12:00:00+02:00",
		"credentialSubject": {"degree": "Bachelor of Arts"}
	}`), vc.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	from, _ := c.ValidFrom()
	fmt.Println(c.Format(), c.Issuer(), from)
	fmt.Println(c.Value().Lookup("/credentialSubject/degree").Text())
	// Output:
	// unsecured did:web:example.edu 2024-05-31 10:00:00 +0000 UTC
	// Bachelor of Arts
}

func ExampleConform() {
	c, err := vc.Parse([]byte(`{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["Badge"],
		"issuer": "Example University", "credentialSubject": {"@id": "did:example:ada"}}`), vc.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, breach := range vc.Conform(c) {
		fmt.Println(breach.Code, breach.Pointer)
	}
	// Output:
	// model.value /type
	// model.value /issuer
	// model.restructured /credentialSubject/@id
}
