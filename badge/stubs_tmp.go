package badge

import "github.com/badgeproof/badgeproof/vc"

func stackOf(*vc.Credential, []*vc.Credential) []Stack { return nil }
