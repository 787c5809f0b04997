using System.Text;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Samples.IdentityProofing.Tests;

/// <summary>
/// Row E8: what the law does not let a service provider keep is in no file of the OP after a thousand sign-ins: not in the database with its log, not in the log at trace level, not in
/// traces and measurements.
/// </summary>
[Collection(nameof(ScenarioTests))]
public sealed class RetentionTests : IDisposable
{
    private const int SignIns = 1000;
    private readonly string _folder = Directory.CreateTempSubdirectory("medid-retention-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServiceProvider_AfterAThousandSignIns_HasNothingOfTheCertificateInAnyFile()
    {
        using var quiet = new StringWriter();
        var needles = new List<byte[]>();
        await using (var walk = await Walk.StartAsync(_folder, new Report(quiet, json: true), JpkiStanding.OwnTest, FreshnessPolicy.AlwaysAsk, Stop))
        {
            using var platform = new PlatformOperatorDouble(walk.World.Jpki, TimeProvider.System);
            var card = walk.World.Card;
            card.EnterPassword("LABSIGN1");
            var signing = platform.Know(card.ReadSigningCertificate(), "person-1");
            platform.Know(card.AuthenticationCertificate, "person-1");
            card.Remove();
            walk.World.CardVerifier = new PlatformOperatorVerifier(
                PlatformOperatorDouble.Configure(new HttpClient(platform, disposeHandler: false)), new PlatformOperatorOptions { Operator = "synthetic-operator", Standing = JpkiStanding.ServiceProvider }, TimeProvider.System);

            var (account, _) = await walk.ApplyAsync("application", isNew: true);
            walk.Expect("binding", await walk.Person.PresentAsync(card, "/card/binding"), null);
            for (var index = 0; index < SignIns; index++)
            {
                var signedIn = await walk.Person.PresentAsync(card, "/card/sign-in");
                Assert.Equal(account, signedIn.Code ?? signedIn.Text("account"));
            }

            Assert.Equal(SignIns + 2, platform.Asked);
            Assert.Equal("ServiceProvider", (await walk.Person.PresentAsync(card, "/card/sign-in")).Text("standing"));
            needles.AddRange(Needles(signing));
            needles.AddRange(Needles(card.AuthenticationCertificate));
            needles.AddRange(SignedDocuments(platform));
        }

        AssertAbsent(needles);
        Assert.True(new FileInfo(Path.Combine(_folder, "op.log")).Length > 100_000, "the log was not at trace level");
        Assert.True(new FileInfo(Path.Combine(_folder, "telemetry.jsonl")).Length > 100_000, "no traces were written");
    }

    [Fact]
    public async Task PlatformOperator_WhatItKeeps_IsEncryptedOnly()
    {
        using var quiet = new StringWriter();
        var needles = new List<byte[]>();
        await using (var walk = await Walk.StartAsync(_folder, new Report(quiet, json: true), JpkiStanding.PlatformOperator, FreshnessPolicy.AlwaysAsk, Stop))
        {
            var card = walk.World.Card;
            await walk.ApplyAsync("application", isNew: true);
            walk.Expect("binding", await walk.Person.PresentAsync(card, "/card/binding"), null);
            for (var index = 0; index < 100; index++)
            {
                Assert.Null((await walk.Person.PresentAsync(card, "/card/sign-in")).Code);
            }

            var cipher = new FieldCipher("synthetic", FieldKey.Generate("retention-1"));
            var retention = new RetentionPolicy(JpkiStanding.PlatformOperator, cipher);
            var kept = retention.Protect(RetentionItem.Certificate, "record-1", card.AuthenticationCertificate.Der).Value!;
            await File.WriteAllBytesAsync(Path.Combine(_folder, "kept.bin"), kept.Content, Stop);
            Assert.Equal(card.AuthenticationCertificate.Der, retention.Open(RetentionItem.Certificate, "record-1", kept.Content.Span).Value);
            needles.AddRange(Needles(card.AuthenticationCertificate));
        }

        AssertAbsent(needles);
    }

    [Fact]
    public void Find_NeedleThatWasWritten_IsFoundInEverySpelling()
    {
        byte[] secret = [.. Enumerable.Range(1, 40).Select(value => (byte)(value * 5))];
        var spellings = new List<byte[]>(Traces.OfSerial(secret));
        for (var index = 0; index < spellings.Count; index++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "one.txt"), [.. "before "u8, .. spellings[index], .. " behind"u8]);

            Assert.Contains(Traces.Find(_folder, spellings), found => found.EndsWith($" {index}", StringComparison.Ordinal));
        }

        for (var offset = 0; offset < 3; offset++)
        {
            File.WriteAllText(Path.Combine(_folder, "one.txt"), Convert.ToBase64String([.. new byte[offset], .. secret]));
            Assert.NotEmpty(Traces.Find(_folder, [.. Traces.Of(secret)]));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The serial number, the key and a piece of the certificate that nothing else has.</summary>
    private static IEnumerable<byte[]> Needles(TestCertificate minted)
    {
        var certificate = Certificate.Parse(minted.Der).Value!;
        return
        [
            .. Traces.OfSerial(certificate.SerialNumber.ToArray()),
            .. Traces.Of(certificate.SubjectPublicKeyInfo[^48..].ToArray()),
            .. Traces.Of(certificate.Signature[..48].ToArray()),
            .. Traces.Of(Encoding.UTF8.GetBytes(certificate.Subject.Find("2.5.4.3")!)),
        ];
    }

    /// <summary>What was signed, out of what the operator was asked: signatures over form and challenges.</summary>
    private static IEnumerable<byte[]> SignedDocuments(PlatformOperatorDouble platform) =>
    [
        .. Traces.Of(Encoding.UTF8.GetBytes(JpkiPerson.Yamada.Name!)),
        .. Traces.Of(Encoding.UTF8.GetBytes(JpkiPerson.Yamada.Address!)),
        .. platform.Bodies.Where(body => body.Contains("\"signature\"", StringComparison.Ordinal)).Take(20)
            .Select(body => System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject())
            .Where(body => body["signature"] is not null)
            .SelectMany(body => Traces.Of(Convert.FromBase64String((string)body["signature"]!)[..48])),
    ];

    private void AssertAbsent(List<byte[]> needles)
    {
        Assert.True(needles.Count > 20);
        Assert.All(needles, needle => Assert.True(needle.Length >= 7));
        Assert.Empty(Traces.Find(_folder, needles));
    }
}
