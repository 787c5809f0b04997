using System.Text;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Fido.Uaf.Tests;

/// <summary>Changed messages: never an exception, never another result than that of the original.</summary>
public sealed class MutationTests
{
    private static readonly Ceremony Setting = new();
    private static readonly UafTransaction[] Transaction = [UafTransaction.FromText("line")];

    [Fact]
    public void Verify_ChangedRegistration_IsRefusedOrTheSame()
    {
        var request = Setting.RegistrationRequest();
        var response = Setting.Authenticator.Register(request.Json, Ceremony.Facet);
        var verifier = new UafRegistrationVerifier();
        var expected = Setting.Expect(request);
        var original = Ceremony.Accepted(verifier.Verify(expected, response)).ToJson();
        foreach (var mutant in new SeededMutator(20261121).Mutate(response, 4000))
        {
            var result = verifier.Verify(expected, mutant.Text);
            Assert.True(!result.Succeeded || result.Value.ToJson() == original, mutant.How);
        }
    }

    [Fact]
    public void Verify_ChangedAuthentication_IsRefusedOrTheSame()
    {
        var registration = Setting.Registered();
        var request = Setting.AuthenticationRequest(Transaction);
        var response = Setting.Authenticator.Authenticate(request.Json, Ceremony.Facet);
        var verifier = new UafAuthenticationVerifier();
        var expected = Setting.ExpectAuthentication(request, Transaction, registration);
        var original = Summary(Ceremony.Accepted(verifier.Verify(expected, response)));
        foreach (var mutant in new SeededMutator(20261122).Mutate(response, 4000))
        {
            var result = verifier.Verify(expected, mutant.Text);
            Assert.True(!result.Succeeded || Summary(result.Value) == original, mutant.How);
        }

        static string Summary(UafAuthentication evidence) =>
            $"{evidence.Aaid} {evidence.KeyId} {evidence.User} {evidence.SignCounter} {evidence.FacetId} {evidence.TransactionConfirmed} {evidence.AuthenticatorVersion} {evidence.ReplayKey}";
    }

    [Fact]
    public void Verify_EveryBitOfTheAssertionTurned_IsRefused()
    {
        var registration = Setting.Registered();
        var request = Setting.AuthenticationRequest(Transaction);
        var response = Setting.Authenticator.Authenticate(request.Json, Ceremony.Facet);
        var verifier = new UafAuthenticationVerifier();
        var expected = Setting.ExpectAuthentication(request, Transaction, registration);
        var parsed = AuthenticationResponse.Parse(response).Value!;
        var assertion = parsed.Assertions[0].Content.ToArray();
        foreach (var mutant in SeededMutator.EveryBitFlip(assertion).Concat(SeededMutator.EveryTruncation(assertion)))
        {
            var changed = parsed with { Assertions = [parsed.Assertions[0] with { Content = mutant.Bytes }] };
            Assert.False(verifier.Verify(expected, changed).Succeeded, mutant.How);
        }
    }

    [Fact]
    public void Verify_EveryBitOfTheRegistrationTurned_IsRefused()
    {
        var request = Setting.RegistrationRequest();
        var parsed = RegistrationResponse.Parse(Setting.Authenticator.Register(request.Json, Ceremony.Facet)).Value!;
        var verifier = new UafRegistrationVerifier();
        var expected = Setting.Expect(request);
        var assertion = parsed.Assertions[0].Content.ToArray();
        foreach (var mutant in SeededMutator.EveryBitFlip(assertion).Concat(SeededMutator.EveryTruncation(assertion)))
        {
            var changed = parsed with { Assertions = [parsed.Assertions[0] with { Content = mutant.Bytes }] };
            Assert.False(verifier.Verify(expected, changed).Succeeded, mutant.How);
        }
    }

    [Fact]
    public void Parse_ChangedRequestsAndMetadata_NeverThrow()
    {
        var request = Setting.AuthenticationRequest([.. Transaction, UafTransaction.FromPng(UafTransactionTests.Png)]).Json;
        foreach (var mutant in new SeededMutator(1).Mutate(request, 2000))
        {
            _ = AuthenticationRequest.Parse(mutant.Text);
            _ = DeregistrationRequest.Parse(mutant.Text);
            _ = GetUafRequest.Parse(mutant.Bytes);
        }

        foreach (var mutant in new SeededMutator(2).Mutate(Setting.Model.MetadataStatement, 2000))
        {
            _ = UafMetadataStatement.Parse(mutant.Text);
        }

        foreach (var mutant in new SeededMutator(3).Mutate(Setting.Registered().ToJson(), 2000))
        {
            _ = UafRegistration.Parse(mutant.Text);
        }
    }

    [Fact]
    public void Parse_ChangedFinalChallenge_IsNeverTakenForTheOriginal()
    {
        var final = Encoding.UTF8.GetBytes("""{"appID":"a","challenge":"AAAAAAAAAAA","facetID":"f","channelBinding":{}}""");
        foreach (var mutant in new SeededMutator(5).Mutate(final, 4000))
        {
            var encoded = StrictBase64Url.Encode(mutant.Bytes);
            var parsed = FinalChallengeParams.Parse(encoded, "test");
            Assert.True(!parsed.Succeeded || parsed.Value.Encoded == encoded, mutant.How);
        }
    }
}
