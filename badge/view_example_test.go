package badge_test

import (
	"encoding/json"
	"fmt"

	"github.com/badgeproof/badgeproof/badge"
)

// A badge in the language of its reader, and what an issuer added to the specification. Nothing of it
// is verified yet.
func ExampleBadge_In() {
	b, err := badge.Open([]byte(`{
	  "type": ["VerifiableCredential", "OpenBadgeCredential"],
	  "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
	    "name": {"en": "Programmer", "de": "Programmiererin"}, "creditsAvailable": 3.0, "ext:hours": 40}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	a := b.In("de-AT", "en").Subject().Achievement
	fmt.Println(a.Name, *a.CreditsAvailable, a.Others["ext:hours"].Raw())
	for _, t := range a.Text("name") {
		fmt.Println(t.Language, t.Value)
	}
	// Output:
	// Programmiererin 3 40
	// en Programmer
	// de Programmiererin
}

// A class is written as it was read, but for what was changed.
func ExampleRead() {
	b, err := badge.Open([]byte(`{"name": "Diploma", "type": "AchievementCredential", "grade": 1.50, "issuer": "https://example.edu"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	c := badge.Read[badge.AchievementCredential](b.Credential().Value())
	c.Description = "With honours"
	out, err := json.Marshal(c)
	fmt.Println(string(out), err)
	// Output:
	// {"name":"Diploma","type":"AchievementCredential","grade":1.50,"issuer":"https://example.edu","description":"With honours"} <nil>
}

// The picture to show, and how far it can be trusted.
func ExampleBadge_Pictures() {
	b, err := badge.Open([]byte(`{"image": "https://example.edu/badge.png",
	  "credentialSubject": {"achievement": {"image": {"type": "Image", "caption": "A medal", "id": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range b.Pictures() {
		fmt.Println(p.Of, p.MediaType, len(p.Data), p.URL, p.Fixed)
	}
	// Output:
	// achievement image/gif 14  true
	// credential  0 https://example.edu/badge.png false
}
