using System.Diagnostics;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

/// <summary>Whatever bytes come: the U2F parsers and verifiers neither throw nor hang, and accept nothing but what the token signed.</summary>
public sealed class U2fMutationTests
{
    private const int Mutants = 200_000;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    private readonly U2fScene _scene = new();

    [Fact]
    public void VerifyRegistration_MutatedMessages_AreTheSameOrRefused()
    {
        var answer = _scene.Register();
        var original = answer.RegistrationData.ToArray();
        Run(original, 20261125, (bytes, how) =>
        {
            var parsed = U2fRegistrationResponse.Parse(bytes);
            if (parsed.Succeeded)
            {
                // The parts are the whole message, no byte twice and none left out.
                var response = parsed.Value;
                Assert.True(bytes.Length == 67 + response.KeyHandle.Length + response.AttestationCertificate.Length + response.Signature.Length, how);
                Assert.False(_scene.Verifier.VerifyRegistration(_scene.Registration, answer.ClientData, bytes).Succeeded, how);
            }
        });
    }

    [Fact]
    public void VerifyAuthentication_MutatedMessages_AreRefused()
    {
        var registration = _scene.Registered();
        var (expected, answer) = (_scene.Authentication(registration), _scene.Sign(registration));
        Assert.True(_scene.Verify(expected, answer).Succeeded);
        Run(answer.SignatureData.ToArray(), 20261126, (bytes, how) =>
        {
            if (U2fSignResponse.Parse(bytes).Succeeded)
            {
                Assert.False(_scene.Verifier.VerifyAuthentication(expected, answer.KeyHandle.Span, answer.ClientData, bytes).Succeeded, how);
            }
        });
    }

    [Fact]
    public void Parse_MutatedClientData_SaysWhatIsThere()
    {
        var answer = _scene.Register();
        Run(answer.ClientData.ToArray(), 20261127, (bytes, how) =>
        {
            if (U2fClientData.Parse(bytes) is { Succeeded: true, Value: { } read })
            {
                using var document = System.Text.Json.JsonDocument.Parse(bytes);
                Assert.True(document.RootElement.GetProperty("challenge").GetString() == read.Challenge && document.RootElement.GetProperty("origin").GetString() == read.Origin, how);
                Assert.False(_scene.Verifier.VerifyRegistration(_scene.Registration, bytes, answer.RegistrationData).Succeeded, how);
            }
        });
    }

    private static void Run(byte[] original, int seed, Action<byte[], string> check)
    {
        var (clock, seen) = (Stopwatch.StartNew(), 0);
        foreach (var mutant in new SeededMutator(seed).Mutate(original, Mutants))
        {
            check(mutant.Bytes, mutant.How);
            seen++;
            if (clock.Elapsed > Budget)
            {
                break;
            }
        }

        Assert.True(seen >= 5_000, $"{seen} mutants");
    }
}
