using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;

namespace MedId.Provider.Tests;

public class PreRegisteredAccessTests
{
    private readonly TrustWorld _world = new();

    public static TheoryData<string> OneChange =>
    [
        "withdrawn", "ended", "used up", "another kind", "another person", "another resource", "another recipient", "another framework", "nobody named", "another purpose", "no act",
        "no scope in common", "scopes that cannot be read",
    ];

    [Fact]
    public async Task Try_EverythingGood_DecidesWithinWhatWasAgreed()
    {
        _world.Standing.Given.Add(_world.Consent);

        var answer = await _world.TryAsync();

        var decision = Assert.IsType<AccessDecision>(answer.Decision);
        Assert.Equal((ConsentGroundKind.PreRegistered, "synthetic-standing"), (decision.Ground.Kind, decision.Ground.StandingConsentId));
        Assert.Equal([("trust-statement", TrustWorld.Assessor), ("face-to-face", ProviderWorld.Ehr)], decision.Ground.Evidence.Select(one => (one.Kind, one.Issuer)));
        Assert.Equal([ProviderWorld.Basic, ProviderWorld.Medication], decision.ScopesGranted);
        Assert.Equal((TimeSpan.FromMinutes(20), _world.Consent.ValidUntil), (decision.Access, decision.Until));
        Assert.Null(decision.AuthTime);
        Assert.Single(decision.ReplayKeys);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Try_FrameworkNamed_DecidesForItsServices(bool recipientToo, bool decided)
    {
        _world.Standing.Given.Add(_world.Consent with { Recipients = recipientToo ? [ProviderWorld.Ehr] : [], TrustFramework = TrustWorld.Framework });

        Assert.Equal(decided, (await _world.TryAsync()).Decision is not null);
    }

    [Theory]
    [MemberData(nameof(OneChange))]
    public async Task Try_ConsentThatDoesNotFit_IsNotThisPaths(string change)
    {
        var consent = _world.Consent;
        _world.Standing.Given.Add(change switch
        {
            "withdrawn" => consent with { Status = ConsentStatus.Withdrawn },
            "ended" => consent with { ValidUntil = _world.Now },
            "used up" => consent with { MaxUses = 1, Uses = 1 },
            "another kind" => consent with { Kind = StandingConsentKind.Paper },
            "another person" => consent with { Subject = "synthetic-account-b" },
            "another resource" => consent with { Resource = "https://other-api.example/fhir" },
            "another recipient" => consent with { Recipients = ["another-ehr"] },
            "another framework" => consent with { TrustFramework = "https://trust.example/other" },
            "nobody named" => consent with { Recipients = [] },
            "another purpose" => consent with { Purposes = ["ETREAT"] },
            "no act" => consent with { Act = null },
            "no scope in common" => consent with { Scopes = ["patient/Condition.read"] },
            "scopes that cannot be read" => consent with { Scopes = ["patient/*.*-only"] },
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
        });

        Assert.Same(AccessPathAnswer.NotMine, await _world.TryAsync());
    }

    [Fact]
    public async Task Try_NoConsentBeforehand_IsNotThisPaths() => Assert.Same(AccessPathAnswer.NotMine, await _world.TryAsync());

    [Fact]
    public async Task Try_NoStatements_IsNotThisPaths()
    {
        _world.Standing.Given.Add(_world.Consent);

        Assert.Same(AccessPathAnswer.NotMine, await _world.Path.TryAsync(await _world.QueryAsync(null, null)));
        Assert.Same(AccessPathAnswer.NotMine, await _world.Path.TryAsync(await _world.QueryAsync(null, null) with { Details = null }));
    }

    [Fact]
    public async Task Try_SecondConsentFits_DecidesFromIt()
    {
        _world.Standing.Given.AddRange([_world.Consent with { Id = "ended", ValidUntil = _world.Now }, _world.Consent]);

        Assert.Equal("synthetic-standing", (await _world.TryAsync()).Decision?.Ground.StandingConsentId);
    }

    [Fact]
    public async Task Try_MoreAskedThanAgreed_GrantsTheAgreedPart()
    {
        _world.Standing.Given.Add(_world.Consent with { Scopes = ["patient/MedicationRequest.rs"] });

        Assert.Equal([ProviderWorld.Medication], (await _world.TryAsync()).Decision!.ScopesGranted);
    }

    [Fact]
    public async Task Try_WiderThanAgreed_IsNeverGranted()
    {
        _world.Standing.Given.Add(_world.Consent);

        Assert.Equal([ProviderWorld.Basic], (await _world.TryAsync([ProviderWorld.Basic, "patient/*.read", "patient/MedicationRequest.*"])).Decision!.ScopesGranted);
    }

    [Theory]
    [InlineData("conf/R", false)]
    [InlineData("conf/V", false)]
    [InlineData("sens/HIV", false)]
    public async Task Try_LabelAsked_IsAlwaysAskedOfThePerson(string label, bool decided)
    {
        _world.Standing.Given.Add(_world.Consent with { Scopes = [ProviderWorld.Basic, label] });

        Assert.Equal(decided, (await _world.TryAsync([ProviderWorld.Basic, label])).Decision is not null);
    }

    [Fact]
    public async Task Try_LabelThatThePolicyNames_PassesWhereItWasAgreed()
    {
        _world.Policy = _world.Policy with { ConfidentialityCodes = ["R"] };
        _world.Standing.Given.Add(_world.Consent with { Scopes = [ProviderWorld.Basic, "conf/R"] });

        Assert.Equal([ProviderWorld.Basic, "conf/R"], (await _world.TryAsync([ProviderWorld.Basic, "conf/R"])).Decision!.ScopesGranted);
    }

    [Theory]
    [InlineData("framework not named")]
    [InlineData("criterion not passed")]
    [InlineData("method")]
    [InlineData("purpose")]
    public async Task Try_PolicySaysNo_IsAskedOfThePerson(string change)
    {
        _world.Standing.Given.Add(_world.Consent);
        _world.Policy = change switch
        {
            "framework not named" => _world.Policy with { Frameworks = [] },
            "criterion not passed" => _world.Policy with { Criteria = ["synthetic-criterion"] },
            "method" => _world.Policy with { Methods = [FaceToFaceMethods.MyNumberCard] },
            _ => _world.Policy with { Purposes = ["ETREAT"] },
        };

        Assert.Same(AccessPathAnswer.NotMine, await _world.TryAsync());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Try_AgeOfTheAct_IsExact(int ticks, bool decided)
    {
        _world.Policy = _world.Policy with { LongestAge = TimeSpan.FromDays(30) };
        _world.Standing.Given.Add(_world.Consent);
        _world.World.Time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromTicks(ticks));

        Assert.Equal(decided, (await _world.TryAsync()).Decision is not null);
    }

    [Theory]
    [InlineData(true, ProviderErrorCodes.FaceToFaceMissing)]
    [InlineData(false, ProviderErrorCodes.TrustStatementMissing)]
    public async Task Try_OneStatementAlone_IsRefused(bool trust, string code) =>
        Assert.Equal(code, (await _world.Path.TryAsync(await _world.QueryAsync(trust ? await _world.TrustAsync() : null, trust ? null : await _world.PresenceAsync()))).Error?.Code);

    [Fact]
    public async Task Try_ForgedStatement_IsRefusedAlsoWithoutConsent()
    {
        var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

        Assert.Equal(ProviderErrorCodes.TrustStatementUntrusted, (await _world.Path.TryAsync(await _world.QueryAsync(await _world.TrustAsync(key: stranger), await _world.PresenceAsync()))).Error?.Code);
        Assert.Equal(ProviderErrorCodes.FaceToFaceUntrusted, (await _world.Path.TryAsync(await _world.QueryAsync(await _world.TrustAsync(), await _world.PresenceAsync(key: stranger)))).Error?.Code);
    }

    [Fact]
    public async Task Try_FrameworkNotConfigured_IsRefused()
    {
        var statement = await _world.TrustAsync(claims => claims["framework"] = "https://trust.example/other");

        Assert.Equal(ProviderErrorCodes.TrustFrameworkUnknown, (await _world.Path.TryAsync(await _world.QueryAsync(statement, await _world.PresenceAsync()))).Error?.Code);
    }

    [Fact]
    public async Task Open_Decided_NeedsNoDeviceAndConsumesTheStatementOnce()
    {
        await _world.World.PutAccountAsync(ProviderWorld.PatientA);
        _world.Standing.Given.Add(_world.Consent);
        var opener = new AccessRequestOpener(_world.World.Store, _world.World.Options, _world.World, _world.World, _world.World.Time, hpki: null, [_world.Path]);
        var presence = await _world.PresenceAsync();

        Assert.Null((await opener.OpenAsync(_world.Validated(await _world.World.EvidenceAsync(), await _world.TrustAsync(), presence))).Refusal);
        var again = await opener.OpenAsync(_world.Validated(await _world.World.EvidenceAsync(), await _world.TrustAsync(), presence));
        Assert.Equal(ProviderErrorCodes.FaceToFaceReplayed, again.Refusal!.Error.Code);
    }

    [Fact]
    public async Task Open_ClassNotAccepted_AsksTheDevice()
    {
        await _world.World.PutAccountAsync(ProviderWorld.PatientA);
        _world.Standing.Given.Add(_world.Consent);
        var opener = new AccessRequestOpener(_world.World.Store, _world.World.Options, _world.World, _world.World, _world.World.Time, hpki: null, [_world.Path]);
        var request = _world.Validated(await _world.World.EvidenceAsync(), await _world.TrustAsync(), await _world.PresenceAsync());

        var asked = await opener.OpenAsync(request with { Parameters = request.Parameters with { AcrValues = ["urn:cibatest:auth:fido"] } });
        Assert.Equal(ProviderErrorCodes.NoDevice, asked.Refusal!.Error.Code);
    }

    [Fact]
    public void Validate_FrameworkAndOptions_NameWhatIsWrong()
    {
        Assert.Empty(_world.TrustFramework.Validate(fetchesKeys: false));
        Assert.NotEmpty((_world.TrustFramework with { Assessors = [] }).Validate(fetchesKeys: true));
        Assert.NotEmpty((_world.TrustFramework with { Assessors = [new() { Issuer = "a" }] }).Validate(fetchesKeys: true));
        Assert.NotEmpty((_world.TrustFramework with { Assessors = [new() { Issuer = "a", JwksUri = "https://a.example/jwks" }] }).Validate(fetchesKeys: false));
        Assert.NotEmpty((_world.TrustFramework with { LongestStatement = TimeSpan.FromDays(366) + TimeSpan.FromTicks(1) }).Validate(fetchesKeys: true));
        Assert.Empty(new PreRegisteredOptions { Policy = _world.Policy }.Validate([_world.TrustFramework]));
        Assert.NotEmpty(new PreRegisteredOptions { Policy = _world.Policy }.Validate([]));
        Assert.NotEmpty(new PreRegisteredOptions().Validate([_world.TrustFramework]));
        Assert.NotEmpty(new PreRegisteredOptions { Policy = _world.Policy, FaceToFace = new() { Methods = [] } }.Validate([_world.TrustFramework]));
        Assert.NotEmpty(new PreRegisteredOptions { Policy = _world.Policy, FaceToFace = new() { LongestAge = TimeSpan.FromHours(1) + TimeSpan.FromTicks(1) } }.Validate([_world.TrustFramework]));
    }
}
