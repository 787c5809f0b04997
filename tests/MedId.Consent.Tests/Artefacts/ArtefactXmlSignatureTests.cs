using System.Text;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>Two signatures beside each other over one MeitY artefact, and what is done to such documents.</summary>
public sealed class ArtefactXmlSignatureTests
{
    [Fact]
    public async Task VerifyXml_SignedByPersonAndCollector_SaysWhoAndWhat()
    {
        var verification = SigningScene.Verify(await SigningScene.SignedAsync());

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        Assert.Equal([ArtefactSignerRole.User, ArtefactSignerRole.Collector], verification.Signatures.Select(s => s.Role!.Value));
        Assert.Equal(["persons", "collectors"], verification.Signatures.Select(s => s.Label));
        Assert.Equal(ConsentArtefacts.Read(ArtefactFormat.MeityXml, ConsentVectors.Read("meity-consent-sample.xml")).Value, verification.Content);
        Assert.All(verification.Signatures, s => Assert.DoesNotContain("Signature", Encoding.UTF8.GetString(s.Covered.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task VerifyXml_CollectorSignedFirst_IsTheSame()
    {
        var sample = ConsentVectors.Read("meity-consent-sample.xml");
        var signed = await SigningScene.SignAsync(await SigningScene.SignAsync(sample, ArtefactSignerRole.Collector), ArtefactSignerRole.User);

        Assert.True(SigningScene.Verify(signed).IsAccepted);
    }

    // Persons and collectors under one authority, as where a country has one: who signs in both roles is still one.
    [Fact]
    public async Task VerifyXml_OneSignerInBothRoles_IsNotTwo()
    {
        var sample = ConsentVectors.Read("meity-consent-sample.xml");
        var key = SigningScene.UserKey;
        var alone = await SignAsync(await SignAsync(sample, ArtefactSignerRole.User), ArtefactSignerRole.Collector);
        var rules = SigningScene.Policy with
        {
            Signers = [.. SigningScene.Policy.Signers.Select(rule => rule with { Anchors = [SigningScene.UserAnchor, SigningScene.CollectorAnchor] })],
        };

        var verification = SigningScene.Verify(alone, rules);

        Assert.Equal((VerificationOutcome.Refused, ConsentErrorCodes.SignerMissing), (verification.Outcome, verification.Error?.Code));
        Assert.True(SigningScene.Verify(await SigningScene.SignedAsync(), rules).IsAccepted);
        Assert.True(SigningScene.Verify(alone, rules with { Required = [ArtefactSignerRole.User] }).IsAccepted);

        async Task<byte[]> SignAsync(byte[] document, ArtefactSignerRole role) =>
            (await ArtefactSigner.SignXmlAsync(document, role, SigningScene.Read(SigningScene.User), SigningScene.Now.AddMinutes(-5), key, TestContext.Current.CancellationToken)).Value!;
    }

    [Theory]
    [InlineData("mode=\"VIEW\"", "mode=\"STORE\"")]
    [InlineData("repeats=\"180\"", "repeats=\"181\"")]
    [InlineData("category=laboratory", "category=laborator")]
    [InlineData("expiry=\"2026-09-30T00:00:00Z\"", "expiry=\"2036-09-30T00:00:00Z\"")]
    [InlineData("<Data-Items>", "<Data-Items><Data id=\"Condition\"><Access mode=\"VIEW\"/></Data>")]
    [InlineData("<Purpose ", "<!-- --><?x y?><Purpose ")]
    public async Task VerifyXml_OneChange_IsRefused(string from, string to)
    {
        var signed = Encoding.UTF8.GetString(await SigningScene.SignedAsync());
        var changed = signed.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(signed, changed);

        AssertRefused(SignaturesErrorCodes.XmlDigest, SigningScene.Verify(changed));
    }

    [Fact]
    public async Task VerifyXml_WrittenAgainWithWhiteSpace_IsRefused()
    {
        var document = new System.Xml.XmlDocument { PreserveWhitespace = false };
        document.LoadXml(Encoding.UTF8.GetString(await SigningScene.SignedAsync()));

        AssertRefused(SignaturesErrorCodes.XmlDigest, SigningScene.Verify(document.OuterXml));
    }

    [Fact]
    public async Task VerifyXml_WrappedInAnotherConsent_IsRefused()
    {
        var signed = Encoding.UTF8.GetString(await SigningScene.SignedAsync());
        var inner = signed[signed.IndexOf("<Consent", StringComparison.Ordinal)..];
        var wrapped = inner.Replace("mode=\"VIEW\"", "mode=\"STORE\"", StringComparison.Ordinal).Replace("</Consent>", "<Wrapped>" + inner + "</Wrapped></Consent>", StringComparison.Ordinal);

        Assert.False(SigningScene.Verify(wrapped).IsAccepted);
        AssertRefused(SignaturesErrorCodes.XmlDuplicateId, SigningScene.Verify(wrapped));
    }

    [Fact]
    public async Task VerifyXml_OriginalHiddenInTheSignature_IsRefused()
    {
        // The digest is over what stands outside signatures, wherever the original is put.
        var signed = Encoding.UTF8.GetString(await SigningScene.SignedAsync());
        var original = "<Old xmlns=\"http://meity.gov.in\"><Data-Items><Data id=\"old\"/></Data-Items></Old>";
        var hidden = signed.Replace("mode=\"VIEW\"", "mode=\"STORE\"", StringComparison.Ordinal).Replace("</ds:Signature></Consent>", "<ds:Object>" + original + "</ds:Object></ds:Signature></Consent>", StringComparison.Ordinal);

        AssertRefused(SignaturesErrorCodes.XmlDigest, SigningScene.Verify(hidden));
    }

    [Fact]
    public async Task VerifyXml_IdentifierTwice_IsRefused()
    {
        var signed = Encoding.UTF8.GetString(await SigningScene.SignedAsync());

        AssertRefused(SignaturesErrorCodes.XmlDuplicateId, SigningScene.Verify(signed.Replace("<Data-Items>", "<Data-Items Id=\"UserSignature\">", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task VerifyXml_SignatureOverAnElementOnly_IsRefused()
    {
        var sample = Encoding.UTF8.GetString(ConsentVectors.Read("meity-consent-sample.xml")).Replace("<Purpose ", "<Purpose Id=\"part\" ", StringComparison.Ordinal);
        var request = new XmlSigningRequest { Certificate = SigningScene.Read(SigningScene.Collector), SigningTime = SigningScene.Now, Form = XmlSignatureForm.Detached, ElementIds = ["part"] };
        var signed = await XmlSigner.SignAsync(Encoding.UTF8.GetBytes(sample), request, SigningScene.CollectorKey, TestContext.Current.CancellationToken);

        AssertRefused(SignaturesErrorCodes.XmlNotCovered, SigningScene.Verify(signed.Value!, SigningScene.Policy with { Required = [] }));
    }

    [Fact]
    public async Task VerifyXml_SecondReferenceBesideTheDocument_IsRefused()
    {
        var request = new XmlSigningRequest { Certificate = SigningScene.Read(SigningScene.Collector), SigningTime = SigningScene.Now, ExceptSignatures = true, SignKeyInfo = true };
        var signed = await XmlSigner.SignAsync(ConsentVectors.Read("meity-consent-sample.xml"), request, SigningScene.CollectorKey, TestContext.Current.CancellationToken);

        AssertRefused(ConsentErrorCodes.Coverage, SigningScene.Verify(signed.Value!, SigningScene.Policy with { Required = [] }));
    }

    [Fact]
    public async Task VerifyXml_PersonsSignatureTakenOut_MissesASigner()
    {
        var signed = Encoding.UTF8.GetString(await SigningScene.SignedAsync());
        var start = signed.IndexOf("<ds:Signature ", StringComparison.Ordinal);
        var end = signed.IndexOf("</ds:Signature>", StringComparison.Ordinal) + "</ds:Signature>".Length;

        AssertRefused(ConsentErrorCodes.SignerMissing, SigningScene.Verify(signed.Remove(start, end - start)));
    }

    [Fact]
    public async Task VerifyXml_CollectorSignedTwice_IsNotThePerson()
    {
        // The identifier of a signature says "User"; whose it is says the certificate.
        var sample = ConsentVectors.Read("meity-consent-sample.xml");
        var signed = await SigningScene.SignAsync(sample, ArtefactSignerRole.Collector);
        signed = (await ArtefactSigner.SignXmlAsync(
            signed, ArtefactSignerRole.User, SigningScene.Read(SigningScene.Collector), SigningScene.Now, SigningScene.CollectorKey, TestContext.Current.CancellationToken)).Value!;

        AssertRefused(ConsentErrorCodes.SignerMissing, SigningScene.Verify(signed));
    }

    [Fact]
    public async Task VerifyXml_SignerWhomNoRuleNames_IsRefused()
    {
        var signed = await SigningScene.SignedAsync();
        var policy = SigningScene.Policy with { Signers = [SigningScene.Policy.Signers[0]], Required = [] };

        AssertRefused(ConsentErrorCodes.SignerUnknown, SigningScene.Verify(signed, policy));
    }

    [Fact]
    public async Task VerifyXml_CertificateNotInTheList_IsRefused()
    {
        var signed = await SigningScene.SignedAsync();
        var policy = SigningScene.Policy with { Signers = [SigningScene.Policy.Signers[0] with { Certificates = ["00"] }, SigningScene.Policy.Signers[1]] };

        AssertRefused(ConsentErrorCodes.SignerUnknown, SigningScene.Verify(signed, policy));
    }

    [Fact]
    public async Task VerifyXml_WithoutRevocationData_IsUndetermined()
    {
        var verification = SigningScene.Verify(await SigningScene.SignedAsync(), evidence: ValidationEvidence.None);

        Assert.Equal(VerificationOutcome.Undetermined, verification.Outcome);
        Assert.Null(verification.Content);
    }

    [Fact]
    public void VerifyXml_Unsigned_IsRefused() => AssertRefused(SignaturesErrorCodes.XmlNoSignature, SigningScene.Verify(ConsentVectors.Read("meity-consent-sample.xml")));

    [Fact]
    public async Task VerifyRevocation_SignedByTheRequestor_HasTheArtefactAsItWas()
    {
        var consent = await SigningScene.SignedAsync();
        var request = new MeityRevocation { At = SigningScene.Now, From = new("URI", "https://op.example.jp/consent/revoke"), Consent = consent };
        var signed = await SigningScene.SignAsync(request.Write().Value!.ToArray(), ArtefactSignerRole.Requestor);
        var policy = SigningScene.Policy with
        {
            Signers = [new() { Role = ArtefactSignerRole.Requestor, Anchors = [SigningScene.CollectorAnchor] }],
            Required = [ArtefactSignerRole.Requestor],
        };
        var verification = ArtefactVerifier.VerifyRevocation(signed, policy, SigningScene.Evidence, SigningScene.Now);

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        Assert.Equal(request, verification.Content);
        Assert.True(SigningScene.Verify(verification.Content.Consent.ToArray()).IsAccepted);
    }

    [Fact]
    public async Task VerifyLog_SignedByItsMaker_SaysWhatHappened()
    {
        var log = new MeityLog
        {
            At = SigningScene.Now,
            From = new("URI", "https://fhir.hospital-b.example.jp"),
            Event = MeityLogEvent.DataSent,
            Note = "search Observation",
            Consent = await SigningScene.SignedAsync(),
            Items = [new("Observation", "laboratory results")],
        };
        var signed = await SigningScene.SignAsync(log.Write().Value!.ToArray(), ArtefactSignerRole.Logger);
        var policy = SigningScene.Policy with { Signers = [new() { Role = ArtefactSignerRole.Logger, Anchors = [SigningScene.CollectorAnchor] }], Required = [ArtefactSignerRole.Logger] };
        var verification = ArtefactVerifier.VerifyLog(signed, policy, SigningScene.Evidence, SigningScene.Now);

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        Assert.Equal(log, verification.Content);
    }

    [Fact]
    public async Task VerifyXml_MutantOfTheSignedDocument_IsRefusedOrSaysTheSame()
    {
        var signed = await SigningScene.SignedAsync();
        var expected = SigningScene.Verify(signed).Content;
        foreach (var mutant in new TestSupport.SeededMutator(20260401).Mutate(signed, 400))
        {
            var verification = SigningScene.Verify(mutant.Bytes);
            Assert.True(!verification.IsAccepted || verification.Content.Equals(expected), mutant.How);
        }
    }

    private static void AssertRefused<T>(string code, ArtefactVerification<T> verification)
        where T : class
    {
        Assert.Equal(code, verification.Error?.Code);
        Assert.Equal(VerificationOutcome.Refused, verification.Outcome);
        Assert.Null(verification.Content);
    }
}
