using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Fido.Metadata.Tests;

public sealed class FidoAssuranceTests
{
    private static readonly MetadataStatement Statement = MetadataStatement.Parse(TestMetadataService.Fido2Statement(MetadataWorld.Model)).Value!;

    private static readonly FidoUse Best = Use(Statement);

    private static readonly FidoUse Uaf = Best with { Protocol = FidoProtocol.Uaf, BackupEligible = null };

    public static TheoryData<string> Editions => ["nist-800-63-3", "nist-800-63-4"];

    [Theory]
    [MemberData(nameof(Editions))]
    public void Evaluate_AttestedDeviceBoundAndVerified_IsAal3(string edition)
    {
        Assert.Equal(AuthenticatorAssuranceLevel.Aal3, Level(Best, edition).Level);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal3, Level(Uaf, edition).Level);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Evaluate_SyncedPasskey_NeverReachesAal3AndSaysWhy(string edition)
    {
        var decision = Level(Best with { BackupEligible = true }, edition);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal2, decision.Level);
        Assert.Contains("exported or synced", decision.Reason, StringComparison.Ordinal);
        Assert.Contains("(BE)", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Evaluate_UserNotVerified_IsAFactorAloneAndTwoWithAPassword(string edition)
    {
        var touch = Best with { UserVerified = false };
        Assert.Equal(AuthenticatorAssuranceLevel.Aal1, Level(touch, edition).Level);
        Assert.Contains("did not verify its user", Level(touch, edition).Reason, StringComparison.Ordinal);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal2, Level(touch with { PasswordVerified = true, BackupEligible = true }, edition).Level);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Evaluate_U2f_IsAFactorAloneWhateverItClaims(string edition)
    {
        var token = Best with { Protocol = FidoProtocol.U2f };
        Assert.Equal(AuthenticatorAssuranceLevel.Aal1, Level(token, edition).Level);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal3, Level(token with { PasswordVerified = true }, edition).Level);
        Assert.Equal(AuthenticatorAssuranceLevel.Aal2, Level(token with { PasswordVerified = true, AttestationTrusted = false }, edition).Level);
    }

    public static TheoryData<string, string> WhatAal3Needs => new()
    {
        { "attestation", "no trusted attestation proves the model" },
        { "metadata", "no metadata of the model are known" },
        { "problem", "no metadata of the model are known" },
        { "status not asked", "status was not asked for" },
        { "backup eligibility", "whether the credential can be synced is not known" },
        { "software keys", "keyProtection of the model is Software" },
        { "software as well", "keyProtection of the model is Software, Hardware" },
        { "key protection not stated", "keyProtection of the model is 0" },
        { "software matcher", "matcherProtection of the model is Software" },
        { "matcher not stated", "matcherProtection of the model is 0" },
        { "unrestricted keys", "isKeyRestricted" },
        { "presence", "nobody had to act" },
    };

    [Theory]
    [MemberData(nameof(WhatAal3Needs))]
    public void Evaluate_OneThingLess_IsAal2WithTheReason(string less, string reason)
    {
        var use = less switch
        {
            "attestation" => Best with { AttestationTrusted = false },
            "metadata" => Best with { Metadata = null, Status = null },
            "problem" => Best with { Metadata = Best.Metadata! with { Problem = new("metadata.entry_malformed", ErrorCategory.Malformed, "test") } },
            "status not asked" => Best with { Status = null },
            "backup eligibility" => Best with { BackupEligible = null },
            "software keys" => Use(Statement with { KeyProtection = KeyProtections.Software }),
            "software as well" => Use(Statement with { KeyProtection = KeyProtections.Software | KeyProtections.Hardware }),
            "key protection not stated" => Use(Statement with { KeyProtection = default }),
            "software matcher" => Use(Statement with { MatcherProtection = MatcherProtections.Software }),
            "matcher not stated" => Use(Statement with { MatcherProtection = default }),
            "unrestricted keys" => Use(Statement with { IsKeyRestricted = false }),
            _ => Best with { UserPresent = false },
        };
        foreach (var edition in (AssuranceEdition[])[AssuranceEdition.Nist80063Rev3, AssuranceEdition.Nist80063Rev4])
        {
            var decision = FidoAssurance.Of(use).Evaluate(edition);
            Assert.Equal(AuthenticatorAssuranceLevel.Aal2, decision.Level);
            Assert.Contains(reason, decision.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_StatusNotAccepted_TakesVerificationAndHardwareAway()
    {
        var entry = Best.Metadata! with { StatusReports = [new() { Status = AuthenticatorStatus.UserVerificationBypass, StatusText = "USER_VERIFICATION_BYPASS" }] };
        var facts = FidoAssurance.Of(Best with { Metadata = entry, Status = MetadataStatusPolicy.Default.Judge(entry, null, MetadataWorld.Now) });
        Assert.Equal((false, false, true), (facts.Facts.UserVerified, facts.Facts.HardwareProtected, facts.Facts.Exportable));
        Assert.Contains(MetadataErrorCodes.StatusUserVerificationBypass, facts.Evaluate(AssuranceEdition.Nist80063Rev4).Reason, StringComparison.Ordinal);
    }

    public static TheoryData<UserVerificationMethods[][], bool, bool> WaysToVerify => new()
    {
        { [[UserVerificationMethods.Fingerprint]], true, true },
        { [[UserVerificationMethods.Fingerprint], [UserVerificationMethods.PasscodeExternal]], true, true },
        { [[UserVerificationMethods.Fingerprint, UserVerificationMethods.Presence]], true, true },
        { [[UserVerificationMethods.Fingerprint], [UserVerificationMethods.Presence]], true, false },
        { [[UserVerificationMethods.Presence]], false, false },
        { [[UserVerificationMethods.None]], false, false },
        { [[UserVerificationMethods.Location]], false, false },
        { [[UserVerificationMethods.Voiceprint]], false, false },
        { [[default]], false, false },
        { [], true, false },
    };

    [Theory]
    [MemberData(nameof(WaysToVerify))]
    public void Of_UserVerificationDetails_SayWhatTheFlagIsWorth(UserVerificationMethods[][] ways, bool fido2, bool uaf)
    {
        var use = Use(Statement with { UserVerification = [.. ways.Select(way => (IReadOnlyList<VerificationMethod>)[.. way.Select(method => new VerificationMethod { Method = method })])] });
        Assert.Equal(fido2, FidoAssurance.Of(use).Facts.UserVerified);
        Assert.Equal(uaf, FidoAssurance.Of(use with { Protocol = FidoProtocol.Uaf }).Facts.UserVerified);
        Assert.False(FidoAssurance.Of(use with { UserVerified = false }).Facts.UserVerified);
    }

    [Fact]
    public void Of_VerificationThatNeedNotBeFresh_IsNone()
    {
        var use = Use(Statement with { IsFreshUserVerificationRequired = false });
        Assert.False(FidoAssurance.Of(use).Facts.UserVerified);
        Assert.False(FidoAssurance.Of(use with { Protocol = FidoProtocol.Uaf }).Facts.UserVerified);
    }

    [Fact]
    public void Of_UafWithoutMetadata_VerifiesNobody() => Assert.False(FidoAssurance.Of(Uaf with { Metadata = null, Status = null }).Facts.UserVerified);

    [Fact]
    public void Of_UnprovedPasskey_IsTakenAtItsWordForVerificationAlone()
    {
        var facts = FidoAssurance.Of(new() { Protocol = FidoProtocol.Fido2, UserPresent = true, UserVerified = true, BackupEligible = false, AttestationTrusted = false });
        Assert.Equal((true, false, true), (facts.Facts.UserVerified, facts.Facts.HardwareProtected, facts.Facts.Exportable));
        Assert.Equal(FactSource.Assertion, facts.Provenance.Single(fact => fact.Fact == nameof(AuthenticatorFacts.UserVerified)).Source);
        Assert.Equal(FactSource.None, facts.Provenance.Single(fact => fact.Fact == nameof(AuthenticatorFacts.Exportable)).Source);
    }

    [Fact]
    public void Of_AnchorOfAnotherModel_ProvesNothing()
    {
        var (own, other) = (TestAuthority.CreateRoot(TestName.Common("LAB vendor")).Certificate, TestAuthority.CreateRoot(TestName.Common("LAB other vendor")).Certificate);
        FidoAssurance With(byte[] anchor) => FidoAssurance.Of(Use(Statement with { AttestationRootCertificates = [own.Der] }) with { TrustAnchor = StrictBase64Url.Encode(SHA256.HashData(anchor)) });

        Assert.True(With(own.Der).Facts.HardwareProtected);
        Assert.True(With(own.Key.SubjectPublicKeyInfo).Facts.HardwareProtected);
        Assert.Equal((false, true), (With(other.Der).Facts.HardwareProtected, With(other.Der).Facts.Exportable));
        Assert.Contains("none of the model's", With(other.Key.SubjectPublicKeyInfo).Evaluate(AssuranceEdition.Nist80063Rev4).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AttachmentHint_IsNoEvidence() =>
        Assert.Equal(
            FidoAssurance.Of(Best).Facts,
            FidoAssurance.Of(Use(Statement with { AttachmentHint = AttachmentHints.Network | AttachmentHints.WifiDirect })).Facts);

    [Fact]
    public void Of_EveryFact_SaysWhereItComesFrom()
    {
        foreach (var use in (FidoUse[])[Best, Uaf, Best with { AttestationTrusted = false }, Best with { Protocol = FidoProtocol.U2f, PasswordVerified = true }])
        {
            var assurance = FidoAssurance.Of(use);
            var properties = typeof(AuthenticatorFacts).GetProperties(BindingFlags.Public | BindingFlags.Instance);
            Assert.Equal(properties.Select(property => property.Name).Order(), assurance.Provenance.Select(fact => fact.Fact).Order());
            Assert.All(assurance.Provenance, fact => Assert.Equal(properties.Single(property => property.Name == fact.Fact).GetValue(assurance.Facts), fact.Value));

            // A favourable value has a source; what has none is unfavourable.
            Assert.All(assurance.Provenance, fact => Assert.True(fact.Source != FactSource.None || fact.Value == (fact.Fact == nameof(AuthenticatorFacts.Exportable)), fact.Fact));
        }
    }

    [Fact]
    public void Evaluate_CombinationsOfTheStandard_ReachTheirLevelAndNoOthersDo()
    {
        using var tables = JsonDocument.Parse(File.ReadAllBytes(TestVectors.RequireVectors("assurance/aal-combinations.json", "pages.nist.gov (SP 800-63B §4 and SP 800-63B-4 §2, as tables)")));
        foreach (var edition in (string[])["nist-800-63-3", "nist-800-63-4"])
        {
            // What one FIDO authenticator, alone or with a password, can be in the table's words.
            foreach (var (words, use) in new (string[] Words, FidoUse Use)[]
            {
                (["MFCD", "MFC"], Best), (["MFCS"], Best with { AttestationTrusted = false }),
                (["SFCD", "SFC"], Best with { UserVerified = false }), (["SFCS"], Best with { UserVerified = false, AttestationTrusted = false }),
            })
            {
                foreach (var password in (bool[])[false, true])
                {
                    var expected = 1;
                    foreach (var level in tables.RootElement.GetProperty(edition).EnumerateObject().Where(property => property.Name is "2" or "3"))
                    {
                        var combinations = level.Value.EnumerateArray().Select(combination => combination.EnumerateArray().Select(type => type.GetString()!).Order().ToArray());
                        string[][] candidates = [.. words.Select(word => new[] { word }), .. password ? words.Select(word => new[] { "PW", word }) : []];
                        if (combinations.Any(combination => candidates.Any(candidate => candidate.Order().SequenceEqual(combination))))
                        {
                            expected = int.Parse(level.Name, System.Globalization.CultureInfo.InvariantCulture);
                        }
                    }

                    // Revision 4 does not tell device from software in the table; its flags do (keyExportable false at level 3).
                    if (edition == "nist-800-63-4" && !use.AttestationTrusted)
                    {
                        expected = use.UserVerified || password ? 2 : 1;
                    }

                    Assert.Equal((words[0], password, expected), (words[0], password, (int)Level(use with { PasswordVerified = password }, edition).Level));
                }
            }
        }
    }

    private static FidoUse Use(MetadataStatement statement)
    {
        var entry = MetadataEntry.ForStatement(statement);
        return new()
        {
            Protocol = FidoProtocol.Fido2,
            UserPresent = true,
            UserVerified = true,
            BackupEligible = false,
            AttestationTrusted = true,
            Metadata = entry,
            Status = MetadataStatusPolicy.Default.Judge(entry, null, MetadataWorld.Now),
        };
    }

    private static AalDecision Level(FidoUse use, string edition) => FidoAssurance.Of(use).Evaluate(AssuranceEdition.Find(edition)!);
}
