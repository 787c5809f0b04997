using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf.Tests;

public sealed class PolicyTests
{
    private static readonly UafMetadataStatement Model = new()
    {
        Aaid = Aaid.Parse("FFFF#5A01"),
        AuthenticatorVersion = 1,
        AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Raw],
        PublicKeyFormats = [FidoKeyFormat.EccX962Raw],
        AttestationTypes = [UafAttestationType.BasicFull],
        UserVerification = [UserVerificationMethods.Fingerprint, UserVerificationMethods.Passcode],
        KeyProtection = KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment,
        MatcherProtection = MatcherProtections.TrustedExecutionEnvironment,
        AttachmentHint = AttachmentHints.Internal,
        TransactionDisplay = TransactionDisplays.Any,
    };

    private static readonly UafKeyId Key = UafKeyId.FromBytes(new byte[32]);
    private static readonly UafKeyId OtherKey = UafKeyId.FromBytes([1, .. new byte[31]]);

    public static TheoryData<string, bool> Criteria { get; } = new()
    {
        { """{"aaid":["FFFF#5A01"]}""", true },
        { """{"aaid":["ffff#5a01"]}""", true },
        { """{"aaid":["FFFF#5A02"]}""", false },
        { """{"aaid":["FFFF#5A02","FFFF#5A01"]}""", true },
        { """{"vendorID":["ffff"]}""", true },
        { """{"vendorID":["FFFE"]}""", false },
        { """{"userVerification":2}""", true },
        { """{"userVerification":18}""", true },
        { """{"userVerification":16}""", false },
        { """{"userVerification":1026}""", false },
        { """{"keyProtection":2}""", true },
        { """{"keyProtection":9}""", false },
        { """{"matcherProtection":2}""", true },
        { """{"matcherProtection":1}""", false },
        { """{"attachmentHint":1}""", true },
        { """{"attachmentHint":2}""", false },
        { """{"tcDisplay":1}""", true },
        { """{"tcDisplay":2}""", false },
        { """{"authenticationAlgorithms":[2,1]}""", true },
        { """{"authenticationAlgorithms":[2]}""", false },
        { """{"assertionSchemes":["UAFV1TLV"]}""", true },
        { """{"assertionSchemes":["uafv1tlv"]}""", false },
        { """{"attestationTypes":[15879]}""", true },
        { """{"attestationTypes":[15880]}""", false },
        { """{"authenticatorVersion":3}""", true },
        { """{"authenticatorVersion":4}""", false },
        { """{"exts":[{"id":"x","data":"","fail_if_unknown":true}]}""", false },
        { """{"exts":[{"id":"x","data":"","fail_if_unknown":false}]}""", true },
        { """{"userVerification":2,"keyProtection":1}""", false },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public void Allows_OneCriteria_AsItsMembersSay(string criteria, bool allowed)
    {
        var policy = Ceremony.Accepted(UafPolicy.Parse($$"""{"accepted":[[{{criteria}}]]}"""));
        Assert.Equal(allowed, policy.Allows(Model, 3, Key));
    }

    [Theory]
    [InlineData(UserVerificationMethods.All | UserVerificationMethods.Fingerprint | UserVerificationMethods.Passcode, true)]
    [InlineData(UserVerificationMethods.Fingerprint, false)]
    [InlineData(UserVerificationMethods.All | UserVerificationMethods.Fingerprint, false)]
    public void Allows_MethodsUsedTogether_MatchOnlyTheSameSet(UserVerificationMethods asked, bool allowed)
    {
        var together = Model with { UserVerification = [UserVerificationMethods.All | UserVerificationMethods.Fingerprint | UserVerificationMethods.Passcode] };
        Assert.Equal(allowed, UafPolicy.AnyOf(new MatchCriteria { UserVerification = asked }).Allows(together, 1, Key));
    }

    [Fact]
    public void Allows_Disallowed_WinsOverAccepted()
    {
        var policy = UafPolicy.ForModels(Model.Aaid) with { Disallowed = [new MatchCriteria { Aaids = [Model.Aaid], KeyIds = [Key] }] };
        Assert.False(policy.Allows(Model, 1, Key));
        Assert.True(policy.Allows(Model, 1, OtherKey));
        Assert.True(policy.Allows(Model, 1, null));
    }

    [Fact]
    public void IsCompletedBy_AlternativeOfTwo_NeedsBoth()
    {
        var second = Model with { Aaid = Aaid.Parse("FFFF#5A02") };
        var policy = new UafPolicy { Accepted = [[new MatchCriteria { Aaids = [Model.Aaid] }, new MatchCriteria { Aaids = [second.Aaid] }]] };
        var one = new PolicyCandidate(Model, 1, Key);
        var two = new PolicyCandidate(second, 1, OtherKey);
        Assert.False(policy.IsCompletedBy([one]));
        Assert.True(policy.IsCompletedBy([two, one]));

        // What has no part in the alternative does not come along.
        Assert.False(policy.IsCompletedBy([one, two, new PolicyCandidate(Model with { Aaid = Aaid.Parse("FFFF#5A03") }, 1, Key)]));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"accepted":[]}""")]
    [InlineData("""{"accepted":[[]]}""")]
    [InlineData("""{"accepted":[{}]}""")]
    [InlineData("""{"accepted":[[{"aaid":[]}]]}""")]
    [InlineData("""{"accepted":[[{"aaid":["FFFF#5A0"]}]]}""")]
    [InlineData("""{"accepted":[[{"vendorID":["FFF"]}]]}""")]
    [InlineData("""{"accepted":[[{"keyIDs":["AAAA"]}]]}""")]
    [InlineData("""{"accepted":[[{"userVerification":"2"}]]}""")]
    [InlineData("""{"accepted":[[{"keyProtection":65536}]]}""")]
    [InlineData("""{"accepted":[[{"authenticationAlgorithms":[65536]}]]}""")]
    [InlineData("""{"accepted":[[{"assertionSchemes":[""]}]]}""")]
    [InlineData("""{"accepted":[[null]]}""")]
    public void Parse_PolicyOfWrongForm_IsRefused(string json) => Ceremony.Refused(UafErrorCodes.RequestMalformed, UafPolicy.Parse(json));

    [Fact]
    public void Parse_NoJson_IsRefused() => Ceremony.Refused(UafErrorCodes.NotJson, UafPolicy.Parse("{"));

    [Fact]
    public void ToJson_EveryMember_ComesBack()
    {
        var policy = UafPolicy.AnyOf(
            new MatchCriteria
            {
                VendorIds = ["FFFF"],
                KeyIds = [Key],
                UserVerification = UserVerificationMethods.Fingerprint,
                KeyProtection = KeyProtections.Hardware,
                MatcherProtection = MatcherProtections.OnChip,
                AttachmentHint = AttachmentHints.Nfc,
                TransactionDisplay = TransactionDisplays.Hardware,
                AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Der],
                AssertionSchemes = [MatchCriteria.Uafv1Tlv],
                AttestationTypes = [UafAttestationType.BasicFull],
                AuthenticatorVersion = 7,
                Extensions = [new UafExtension("x", new byte[] { 1 }, false)],
            },
            new MatchCriteria { Aaids = [Model.Aaid] }) with
        { Disallowed = [new MatchCriteria { Aaids = [Model.Aaid], KeyIds = [OtherKey] }] };
        Assert.Equal(policy.ToJson(), Ceremony.Accepted(UafPolicy.Parse(policy.ToJson())).ToJson());
        Assert.Contains("\"attestationTypes\":[15879]", policy.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutRegistered_EachKey_HasItsOwnEntry()
    {
        var registration = new Ceremony().Registered();
        var policy = UafPolicy.ForModels(Model.Aaid).WithoutRegistered([registration, registration with { KeyId = OtherKey }]);
        Assert.Equal(2, policy.Disallowed.Count);
        Assert.All(policy.Disallowed, criteria => Assert.Equal((1, 1), (criteria.Aaids.Count, criteria.KeyIds.Count)));
    }

    [Fact]
    public void Factories_WithoutContent_Throw()
    {
        Assert.Throws<ArgumentException>(() => UafPolicy.AnyOf());
        Assert.Throws<ArgumentException>(() => UafPolicy.ForModels());
        Assert.Throws<ArgumentException>(() => UafPolicy.ForKeys());
    }

    [Theory]
    [InlineData("""{"accepted":[[{"aaid":["FFFF#5A01"]}]]}""", "allowed")]
    [InlineData("""{"accepted":[[{"aaid":["FFFF#5A02"]}],[{"vendorID":["FFFF"],"userVerification":16}]]}""", "accepted[0][0]: aaid does not match; accepted[1][0]: userVerification does not match")]
    [InlineData("""{"accepted":[[{"aaid":["FFFF#5A02"]},{"tcDisplay":8}]]}""", "accepted[0][0]: aaid does not match; accepted[0][1]: tcDisplay does not match")]
    [InlineData("""{"accepted":[[{"aaid":["FFFF#5A01"]}]],"disallowed":[{"aaid":["FFFF#0001"]},{"vendorID":["FFFF"]}]}""", "disallowed[1] matches")]
    [InlineData("""{"accepted":[[{"authenticatorVersion":9}]]}""", "accepted[0][0]: authenticatorVersion does not match")]
    public void Explain_Model_SaysWhyItIsLeftOut(string json, string explanation)
    {
        var policy = Ceremony.Accepted(UafPolicy.Parse(json));
        Assert.Equal(explanation, policy.Explain(Model, 3, Key).ToString());
        Assert.Equal(policy.Allows(Model, 3, Key), policy.Explain(Model, 3, Key).IsAllowed);
    }

    [Fact]
    public void IsCompletedBy_SetOfCriteria_NeedsAnAuthenticatorForEach()
    {
        var policy = Ceremony.Accepted(UafPolicy.Parse("""{"accepted":[[{"vendorID":["FFFF"]},{"aaid":["FFFF#5A01"]}]]}"""));
        PolicyCandidate One(string aaid, UafKeyId key) => new(Model with { Aaid = Aaid.Parse(aaid) }, 1, key);
        Assert.False(policy.IsCompletedBy([One("FFFF#5A01", Key)]));
        Assert.True(policy.IsCompletedBy([One("FFFF#5A01", Key), One("FFFF#5A02", OtherKey)]));
        Assert.True(policy.IsCompletedBy([One("FFFF#5A02", Key), One("FFFF#5A01", OtherKey)]));
        Assert.True(policy.IsCompletedBy([One("FFFF#5A01", Key), One("FFFF#5A01", OtherKey)]));
        Assert.False(policy.IsCompletedBy([One("FFFF#5A02", Key), One("FFFF#5A02", OtherKey)]));
        Assert.False(policy.IsCompletedBy([One("FFFF#5A01", Key), One("FFFF#5A02", OtherKey), One("EEEE#0001", Key)]));
    }

    [Fact]
    public void ForAnyone_ModelsThatKeepTheirKeysInKeyIds_AreLeftOut()
    {
        var roaming = Model with { Aaid = Aaid.Parse("FFFF#5A02"), KeyProtection = KeyProtections.Hardware | KeyProtections.RemoteHandle };
        var policy = UafPolicy.ForAnyone([Model, roaming]);
        Assert.Equal([Model.Aaid], policy.Accepted[0][0].Aaids);
        Assert.Empty(policy.Accepted[0][0].KeyIds);
        Assert.Throws<ArgumentException>(() => UafPolicy.ForAnyone([roaming]));
    }
}
