using System.Diagnostics;
using System.Text;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Fido.Uaf.Tests;

/// <summary>200,000 seeded mutants a parser, within a time: none throws, none hangs, and what is accepted is verified and says the same as the original.</summary>
public sealed class ManyMutantsTests
{
    private const int Mutants = 200_000;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);
    private static readonly Ceremony Setting = new();

    [Fact]
    public void Read_RegistrationAssertion_OfEachMutant()
    {
        var request = Setting.RegistrationRequest();
        var response = RegistrationResponse.Parse(Setting.Authenticator.Register(request.Json, Ceremony.Facet)).Value!;
        var (verifier, expected) = (new UafRegistrationVerifier(), Setting.Expect(request));
        var original = response.Assertions[0].Content.ToArray();
        var stored = Ceremony.Accepted(verifier.Verify(expected, response)).ToJson();
        Run(101, original, mutant =>
        {
            _ = UafInspection.Read(mutant);
            if (RegistrationAssertion.Read(mutant, out _) is not null)
            {
                return true;
            }

            var result = verifier.Verify(expected, response with { Assertions = [response.Assertions[0] with { Content = mutant }] });
            return !result.Succeeded || result.Value.ToJson() == stored;
        });
    }

    [Fact]
    public void Read_AuthenticationAssertion_OfEachMutant()
    {
        var registration = Setting.Registered();
        var request = Setting.AuthenticationRequest();
        var response = AuthenticationResponse.Parse(Setting.Authenticator.Authenticate(request.Json, Ceremony.Facet)).Value!;
        var (verifier, expected) = (new UafAuthenticationVerifier(), Setting.ExpectAuthentication(request, null, registration));
        var original = response.Assertions[0].Content.ToArray();
        Run(102, original, mutant =>
        {
            _ = UafInspection.Read(mutant);
            if (SignAssertion.Read(mutant, out _) is not null)
            {
                return true;
            }

            var result = verifier.Verify(expected, response with { Assertions = [response.Assertions[0] with { Content = mutant }] });
            return !result.Succeeded || (result.Value.KeyId == registration.KeyId && result.Value.SignCounter > registration.SignCounter && !result.Value.TransactionConfirmed);
        });
    }

    [Fact]
    public void Parse_RegistrationResponse_OfEachMutant()
    {
        var request = Setting.RegistrationRequest();
        var text = Setting.Authenticator.Register(request.Json, Ceremony.Facet);
        var (verifier, expected) = (new UafRegistrationVerifier(), Setting.Expect(request));
        var stored = Ceremony.Accepted(verifier.Verify(expected, text)).ToJson();
        Run(103, Encoding.UTF8.GetBytes(text), mutant =>
        {
            var parsed = RegistrationResponse.Parse(mutant);
            if (!parsed.Succeeded)
            {
                return true;
            }

            var result = verifier.VerifyAll(expected, parsed.Value);
            return !result.Succeeded || result.Value[0].ToJson() == stored;
        });
    }

    [Fact]
    public void Parse_AuthenticationResponse_OfEachMutant()
    {
        var registration = Setting.Registered();
        var request = Setting.AuthenticationRequest();
        var text = Setting.Authenticator.Authenticate(request.Json, Ceremony.Facet);
        var (verifier, expected) = (new UafAuthenticationVerifier(), Setting.ExpectAuthentication(request, null, registration));
        Run(104, Encoding.UTF8.GetBytes(text), mutant =>
        {
            var parsed = AuthenticationResponse.Parse(mutant);
            if (!parsed.Succeeded)
            {
                return true;
            }

            var result = verifier.VerifyAll(expected, parsed.Value);
            return !result.Succeeded || result.Value[0].KeyId == registration.KeyId;
        });
    }

    [Fact]
    public void Parse_FinalChallengeParams_OfEachMutant() => Run(
        105,
        """{"appID":"https://op.example/uaf/facets","challenge":"AAAAAAAAAAAAAAAAAAAAAA","facetID":"f","channelBinding":{"serverEndPoint":"AAAA","cid_pubkey":"unused"}}"""u8.ToArray(),
        mutant =>
        {
            var encoded = StrictBase64Url.Encode(mutant);
            var parsed = FinalChallengeParams.Parse(encoded, "test");
            return !parsed.Succeeded || (parsed.Value.Encoded == encoded && parsed.Value.AppId.Length > 0 && parsed.Value.FacetId.Length > 0);
        });

    [Fact]
    public void Parse_Metadata_OfEachMutant() => Run(106, Encoding.UTF8.GetBytes(Setting.Model.MetadataStatement), mutant =>
    {
        var parsed = UafMetadataStatement.Parse(mutant);
        return !parsed.Succeeded || (parsed.Value.AuthenticationAlgorithms.Count > 0 && parsed.Value.AttestationTypes.Count > 0 && parsed.Value.UserVerification.Count > 0);
    });

    [Fact]
    public void Parse_Requests_OfEachMutant()
    {
        var request = Setting.AuthenticationRequest([UafTransaction.FromText("line"), UafTransaction.FromPng(TestPng.Rgb(2, 1))]).Json;
        Run(107, Encoding.UTF8.GetBytes(request), mutant =>
        {
            var text = Encoding.UTF8.GetString(mutant);
            _ = AuthenticationRequest.Parse(text);
            _ = RegistrationRequest.Parse(text);
            _ = DeregistrationRequest.Parse(text);
            return true;
        });
    }

    [Fact]
    public void Read_Png_OfEachMutant() => Run(108, TestPng.File(TestPng.Header(8, 8, 8, 3), new byte[12], new byte[72]), mutant =>
    {
        var png = PngFile.Read(mutant, out var problem);
        return png is null ? problem is not null : png is { Width: <= PngFile.MaximumSide, Height: <= PngFile.MaximumSide, UnpackedBytes: <= PngFile.MaximumUnpackedBytes };
    });

    // A slow machine does fewer of them and says how many; on any machine they are the same ones, in the same order.
    private static void Run(int seed, byte[] original, Func<byte[], bool> holds)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        foreach (var mutant in new SeededMutator(seed).Mutate(original, Mutants))
        {
            Assert.True(holds(mutant.Bytes), mutant.How);
            if (++done % 1000 == 0 && clock.Elapsed > Budget)
            {
                break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{done} mutants in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(done >= Mutants / 10, $"only {done} mutants in {Budget}");
    }
}
