using System.Diagnostics;
using MedId.TestSupport;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

/// <summary>Up to 200,000 seeded mutants of each parser, each within a time budget: never an exception, and what is still accepted says what its bytes say.</summary>
public sealed class AttestationMutationTests
{
    private const int Mutants = 200_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(15);

    [Fact]
    public void Parse_MutatedAuthenticatorData_IsRefusedOrSaysWhatItsBytesSay()
    {
        var scene = new AttestationScene();
        byte[] original = [.. scene.AuthenticatorData, .. RawCbor.Map((RawCbor.Text("credProtect"), RawCbor.Int(2)))];
        original[32] = 0xC5;
        Run(20260411, [original], (bytes, how) =>
        {
            var parsed = AuthenticatorData.Parse(bytes);
            if (parsed.Value is { } data)
            {
                // All bytes are accounted for.
                var credential = data.AttestedCredential;
                byte[] again = [.. data.Bytes.Span[..37], .. credential is null ? [] : Encode(credential), .. data.Extensions.Span];
                Assert.True(again.AsSpan().SequenceEqual(bytes), how);
            }

            return parsed.Succeeded;
        });
    }

    [Fact]
    public void Parse_MutatedAttestationObjects_AreRefusedOrHoldACredential()
    {
        var packed = new PackedFixture();
        var tpm = new TpmFixture();
        var android = new AndroidFixture();
        byte[][] originals =
        [
            packed.Scene.Encode(AttestationFormats.Packed, packed.Full()),
            tpm.Scene.Encode(AttestationFormats.Tpm, tpm.Statement()),
            android.Scene.Encode(AttestationFormats.AndroidKey, android.Statement()),
            packed.Scene.Encode(AttestationFormats.None, RawCbor.Map()),
        ];
        Run(20260412, originals, (bytes, how) =>
        {
            var parsed = AttestationObject.Parse(bytes);
            if (parsed.Value is { } attestation)
            {
                Assert.True(attestation.Bytes.Span.IndexOf(attestation.Statement.Span) >= 0, how);
                Assert.NotNull(attestation.AuthenticatorData.AttestedCredential);
            }

            return parsed.Succeeded;
        });
    }

    [Fact]
    public void Verify_MutatedStatements_ProveNothingElse()
    {
        var packed = new PackedFixture();
        var tpm = new TpmFixture();
        var android = new AndroidFixture();
        var net = new SafetyNetFixture();
        (string Format, AttestationScene Scene, byte[] Statement)[] all =
        [
            (AttestationFormats.Packed, packed.Scene, packed.Full()),
            (AttestationFormats.Packed, packed.Scene, packed.Self()),
            (AttestationFormats.Tpm, tpm.Scene, tpm.Statement()),
            (AttestationFormats.AndroidKey, android.Scene, android.Statement()),
            (AttestationFormats.AndroidSafetyNet, net.Scene, net.Statement()),
        ];
        var mutator = new SeededMutator(20260413);
        var clock = Stopwatch.StartNew();
        var (mutants, accepted) = (0, 0);
        while (mutants < Mutants && clock.Elapsed < Budget)
        {
            foreach (var (format, scene, statement) in all)
            {
                var input = new AttestationInput(AuthenticatorData.Parse(scene.AuthenticatorData).Value!, scene.Hash, scene.Rules);
                foreach (var mutant in mutator.Mutate(statement, 20))
                {
                    mutants++;
                    var result = AttestationVerifier.VerifyStatement(input, format, mutant.Bytes);
                    if (result.Value is { } evidence)
                    {
                        // What is not under a signature may change: other members, certificates behind the first, the algorithm's alias.
                        accepted++;
                        Assert.Equal(Aaguid, evidence.Aaguid);
                        Assert.Contains(evidence.Type, new[] { AttestationType.Self, AttestationType.Basic, AttestationType.AttCa });
                    }
                }
            }
        }

        Assert.True(mutants > 1000 && accepted < mutants / 10, $"{accepted} of {mutants} accepted");
    }

    [Fact]
    public void Parse_MutatedKeyDescriptions_AreRefusedOrWellFormed()
    {
        var original = new AndroidFixture { SoftwarePurposes = [2, 3], SoftwareOrigin = 0, AllApplicationsInSoftware = true }.Description();
        Run(20260414, [original], (bytes, how) =>
        {
            var parsed = AndroidKeyDescription.Parse(bytes);
            if (parsed.Value is { } description)
            {
                Assert.True(bytes.AsSpan().IndexOf(description.AttestationChallenge.Span) >= 0, how);
                Assert.True(description.AttestationSecurityLevel is >= 0 and < 128, how);
            }

            return parsed.Succeeded;
        });
    }

    [Fact]
    public void Read_MutatedTpmStructures_AreRefusedOrReadToTheirEnd()
    {
        var fixture = new TpmFixture();
        var rsa = new TpmFixture { Scene = new() { Key = Testing.TestKey.Named("credential", Testing.TestKeyKind.Rsa2048), Algorithm = -257 }, Scheme = [0x00, 0x14, 0x00, 0x0B] };
        byte[][] areas = [fixture.Area(), rsa.Area()];
        Run(20260415, areas, (bytes, _) => TpmPublicArea.Read(bytes) is not null);
        Run(20260416, [fixture.Info(fixture.Area())], (bytes, how) =>
        {
            var info = TpmAttest.Read(bytes, out var isOtherKind);
            Assert.False(info is not null && isOtherKind, how);
            Assert.True(info is null || (bytes.AsSpan().IndexOf(info.Name) >= 0 && bytes.AsSpan().IndexOf(info.ExtraData) >= 0), how);
            return info is not null;
        });
    }

    private static byte[] Encode(AttestedCredentialData credential) =>
    [
        .. credential.Aaguid.ToByteArray(bigEndian: true), (byte)(credential.CredentialId.Length >> 8), (byte)credential.CredentialId.Length,
        .. credential.CredentialId.Span, .. credential.PublicKey.Span,
    ];

    private static void Run(int seed, byte[][] originals, Func<byte[], string, bool> accepts)
    {
        Assert.All(originals, original => Assert.True(accepts(original, "the original")));
        var mutator = new SeededMutator(seed);
        var clock = Stopwatch.StartNew();
        var (mutants, accepted) = (0, 0);
        while (mutants < Mutants && clock.Elapsed < Budget)
        {
            foreach (var mutant in originals.SelectMany(original => mutator.Mutate(original, 100)))
            {
                mutants++;
                accepted += accepts(mutant.Bytes, mutant.How) ? 1 : 0;
            }
        }

        // Both happen, or the test shows nothing.
        Assert.True(accepted > 0 && accepted < mutants, $"{accepted} of {mutants} accepted in {clock.Elapsed}");
    }
}
