using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.TestSupport;

namespace MedId.Pki.Tests;

public class TrustDataBundleTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LocalSigningKey Key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private static readonly JsonWebKeySet Signers = JsonWebKeySet.Of([Key.ToJwk()]);

    [Fact]
    public void Default_Data_HoldsTheRootsOfJpkiHpkiAndFidoMetadata()
    {
        var data = TrustDataBundle.Default;

        Assert.True(data.IsShipped);
        Assert.Equal(9, data.Roots.Count);
        Assert.Equal(7, data.Roots.Count(root => root.Row.Grants(Now)));
        Assert.Equal(["globalsign-r3"], data.Roots.Where(root => root.Purpose == TrustPurposes.FidoMetadata && root.Row.Grants(Now)).Select(root => root.Row.Id));
        var unseen = Assert.Single(data.Roots, root => root.Sha256 is null);
        Assert.Equal("jpki-auth-02", unseen.Row.Id);
        Assert.Equal(TrustDataStatus.Unverified, unseen.Row.Status);
        Assert.Equal(
            "6ed2796b1b101736d952185787cb36da9ce80522cc8cb7b5ce728b61be1b674c",
            Assert.Single(data.Roots, root => root.Purpose == TrustPurposes.Hpki).Sha256);
        Assert.All(data.Sections.SelectMany(data.Find), row => Assert.NotEmpty(row.Source));
    }

    [Fact]
    public async Task Verify_SignedNewerData_IsAccepted()
    {
        var verified = TrustDataBundle.Verify(await SignAsync(Bundle()), Signers, AlgorithmPolicy.Default, Now, TrustDataBundle.Default);

        Assert.Null(verified.Error);
        Assert.False(verified.Value!.IsShipped);
        Assert.Equal(2026120101, verified.Value.Version);
        Assert.True(Assert.Single(verified.Value.Find("hpki.roles")).Grants(Now));
        Assert.Empty(verified.Value.Find("no.such.section"));
    }

    [Fact]
    public async Task Verify_LowerVersion_IsRollback()
    {
        var current = await AcceptAsync(Bundle());
        var older = await SignAsync(Bundle(data => data["version"] = 2026120100));

        Assert.Equal(PkiErrorCodes.TrustDataRollback, TrustDataBundle.Verify(older, Signers, AlgorithmPolicy.Default, Now, current).Error?.Code);
    }

    [Fact]
    public async Task Verify_LowerVersionThanTheShippedData_IsRollback() =>
        Assert.Equal(
            PkiErrorCodes.TrustDataRollback,
            TrustDataBundle.Verify(await SignAsync(Bundle(data => data["version"] = TrustDataBundle.Default.Version - 1)), Signers, AlgorithmPolicy.Default, Now, TrustDataBundle.Default).Error?.Code);

    [Fact]
    public async Task Verify_SameVersionWithOtherContent_IsRollback()
    {
        var current = await AcceptAsync(Bundle());
        var other = await SignAsync(Bundle(data => data["expires_at"] = "2028-01-01T00:00:00Z"));

        Assert.Equal(PkiErrorCodes.TrustDataRollback, TrustDataBundle.Verify(other, Signers, AlgorithmPolicy.Default, Now, current).Error?.Code);
        Assert.Null(TrustDataBundle.Verify(await SignAsync(Bundle()), Signers, AlgorithmPolicy.Default, Now, current).Error);
    }

    [Fact]
    public async Task Verify_AnotherKey_IsNotTrusted()
    {
        using var stranger = LocalSigningKey.Generate(SignatureAlgorithm.ES256, Key.KeyId);

        Assert.Equal(PkiErrorCodes.TrustDataSignature, Verify(await TrustDataSigner.SignAsync(stranger, Utf8(Bundle()))).Error?.Code);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("trust-data+jwt")]
    [InlineData("Trust-Data+jws")]
    public async Task Verify_AnotherKindOfJws_IsNotTrusted(string type) =>
        Assert.Equal(PkiErrorCodes.TrustDataSignature, Verify(await JwtSigner.SignAsync(Key, type, Utf8(Bundle()))).Error?.Code);

    [Fact]
    public async Task Verify_AlgorithmEnded_IsNotTrusted()
    {
        var policy = AlgorithmPolicy.Default.Forbid(SignatureUse.TrustData, SignatureAlgorithm.ES256);

        Assert.Equal(PkiErrorCodes.TrustDataSignature, TrustDataBundle.Verify(await SignAsync(Bundle()), Signers, policy, Now, TrustDataBundle.Default).Error?.Code);
    }

    [Fact]
    public async Task Verify_FromTheFuture_IsNotYetValid()
    {
        var jws = await SignAsync(Bundle());

        Assert.Equal(PkiErrorCodes.TrustDataNotYetValid, TrustDataBundle.Verify(jws, Signers, AlgorithmPolicy.Default, Now.AddSeconds(-1), TrustDataBundle.Default).Error?.Code);
        Assert.Null(Verify(jws).Error);
    }

    [Fact]
    public async Task IsStale_AtItsEnd_BeginsExactlyThenAndIsNoRefusal()
    {
        var data = await AcceptAsync(Bundle());

        Assert.False(data.IsStale(data.ExpiresAt.AddTicks(-1)));
        Assert.True(data.IsStale(data.ExpiresAt));
        Assert.Null(TrustDataBundle.Verify(await SignAsync(Bundle()), Signers, AlgorithmPolicy.Default, data.ExpiresAt.AddYears(1), TrustDataBundle.Default).Error);
    }

    [Theory]
    [InlineData("no version")]
    [InlineData("version zero")]
    [InlineData("version as text")]
    [InlineData("no end")]
    [InlineData("end before issue")]
    [InlineData("time with offset")]
    [InlineData("no sections")]
    [InlineData("section no array")]
    [InlineData("row without source")]
    [InlineData("row without status")]
    [InlineData("row confirmed")]
    [InlineData("id twice")]
    [InlineData("until before from")]
    [InlineData("from no time")]
    [InlineData("verified root without fingerprint")]
    [InlineData("fingerprint in upper case")]
    [InlineData("root without purpose")]
    public async Task Verify_OneChange_IsMalformed(string change)
    {
        var bundle = Bundle();
        var row = bundle["sections"]!["hpki.roles"]![0]!.AsObject();
        var root = bundle["sections"]!["roots"]![0]!.AsObject();
        Action<JsonObject> apply = change switch
        {
            "no version" => b => b.Remove("version"),
            "version zero" => b => b["version"] = 0,
            "version as text" => b => b["version"] = "1",
            "no end" => b => b.Remove("expires_at"),
            "end before issue" => b => b["expires_at"] = "2026-11-30T00:00:00Z",
            "time with offset" => b => b["expires_at"] = "2027-12-01T00:00:00+09:00",
            "no sections" => b => b.Remove("sections"),
            "section no array" => b => b["sections"]!["roots"] = "none",
            "row without source" => _ => row.Remove("source"),
            "row without status" => _ => row.Remove("status"),
            "row confirmed" => _ => row["status"] = "confirmed",
            "id twice" => b => b["sections"]!["hpki.roles"]!.AsArray().Add(row.DeepClone()),
            "until before from" => _ => row["until"] = "2026-01-01T00:00:00Z",
            "from no time" => _ => row["from"] = "yesterday",
            "verified root without fingerprint" => _ => root.Remove("sha256"),
            "fingerprint in upper case" => _ => root["sha256"] = new string('A', 64),
            _ => _ => root.Remove("purpose"),
        };
        apply(bundle);

        Assert.Equal(PkiErrorCodes.TrustDataMalformed, Verify(await JwtSigner.SignAsync(Key, TrustDataBundle.Type, Utf8(bundle))).Error?.Code);
        await Assert.ThrowsAsync<ArgumentException>(async () => await TrustDataSigner.SignAsync(Key, Utf8(bundle)));
    }

    [Fact]
    public async Task Verify_EveryMutantOfTheSignedData_IsRefused()
    {
        var jws = await SignAsync(Bundle());
        var good = Verify(jws).Value!.Sha256;
        foreach (var mutant in new SeededMutator(20261122).Mutate(jws, 1500))
        {
            var verified = Verify(mutant.Text);
            Assert.True(!verified.Succeeded || verified.Value.Sha256 == good, mutant.How);
        }
    }

    [Fact]
    public void Read_EveryMutantOfTheContent_NeverThrows()
    {
        foreach (var mutant in new SeededMutator(20261123).Mutate(Utf8(Bundle()), 3000))
        {
            Assert.NotNull(TrustDataBundle.Read(mutant.Bytes, isShipped: false));
        }
    }

    [Fact]
    public void Grants_Row_HoldsFromItsFirstInstantUntilItsEnd()
    {
        var row = Assert.Single(TrustDataBundle.Read(Utf8(Bundle()), isShipped: false).Value!.Find("hpki.roles"));

        Assert.False(row.Grants(row.From!.Value.AddTicks(-1)));
        Assert.True(row.Grants(row.From.Value));
        Assert.True(row.Grants(row.Until!.Value.AddTicks(-1)));
        Assert.False(row.Grants(row.Until.Value));
    }

    [Fact]
    public void Confirm_UnverifiedRow_GrantsAndSaysWhoAnswers()
    {
        var data = TrustDataBundle.Default.Confirm(TrustDataSections.HpkiRoles, "dentist", "a synthetic source");

        var row = Assert.Single(data.Find(TrustDataSections.HpkiRoles), row => row.Id == "dentist");
        Assert.True(row.Grants(Now));
        Assert.Equal(TrustDataStatus.Confirmed, row.Status);
        Assert.Equal("a synthetic source", row.Source);
        Assert.False(Assert.Single(TrustDataBundle.Default.Find(TrustDataSections.HpkiRoles), row => row.Id == "dentist").Grants(Now));
    }

    [Fact]
    public void Confirm_RootThatNobodySaw_IsRefused() =>
        Assert.Throws<ArgumentException>(() => TrustDataBundle.Default.Confirm(TrustDataSections.Roots, "jpki-auth-02", "a synthetic source"));

    [Fact]
    public void Confirm_WithdrawnRow_IsRefused()
    {
        var data = TrustDataBundle.Read(Utf8(Bundle(b => b["sections"]!["hpki.roles"]![0]!["status"] = "withdrawn")), isShipped: false).Value!;

        Assert.Throws<InvalidOperationException>(() => data.Confirm("hpki.roles", "synthetic", "a synthetic source"));
    }

    [Fact]
    public async Task Replace_NewerData_TakesItAndKeepsTheOperatorsConfirmations()
    {
        var time = new ManualTimeProvider(Now);
        var holder = new TrustDataHolder(
            TrustDataBundle.Read(Utf8(Bundle(b => b["sections"]!["hpki.roles"]![0]!["status"] = "unverified")), isShipped: false).Value!,
            Signers,
            AlgorithmPolicy.Default,
            time,
            [new("hpki.roles", "synthetic", "a synthetic source")]);
        var newer = Bundle(b =>
        {
            b["version"] = 2026120102;
            b["sections"]!["hpki.roles"]![0]!["status"] = "unverified";
        });
        var withdrawing = Bundle(b =>
        {
            b["version"] = 2026120103;
            b["sections"]!["hpki.roles"]![0]!["status"] = "withdrawn";
        });

        Assert.Equal(TrustDataStatus.Confirmed, holder.Current.Find("hpki.roles")[0].Status);
        Assert.Null(holder.Replace(await SignAsync(newer)).Error);
        Assert.Equal(2026120102, holder.Current.Version);
        Assert.Equal(TrustDataStatus.Confirmed, holder.Current.Find("hpki.roles")[0].Status);
        Assert.Equal(PkiErrorCodes.TrustDataRollback, holder.Replace(await SignAsync(Bundle())).Error?.Code);
        Assert.Equal(2026120102, holder.Current.Version);
        Assert.Null(holder.Replace(await SignAsync(withdrawing)).Error);
        Assert.Equal(TrustDataStatus.Withdrawn, holder.Current.Find("hpki.roles")[0].Status);
        Assert.False(holder.IsStale);
        time.SetUtcNow(holder.Current.ExpiresAt);
        Assert.True(holder.IsStale);
    }

    [Fact]
    public void Apply_EndedAlgorithm_IsAllowedBeforeAndNotAfter()
    {
        var data = TrustDataBundle.Read(Utf8(Bundle()), isShipped: false).Value!;
        var end = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.True(Allows(end.AddTicks(-1)));
        Assert.False(Allows(end));
        Assert.True(TrustDataAlgorithms.Apply(AlgorithmPolicy.Default, data, end).For(SignatureUse.IdToken, end).Allows(SignatureAlgorithm.ES256));

        bool Allows(DateTimeOffset at) => TrustDataAlgorithms.Apply(AlgorithmPolicy.Default, data, at).For(SignatureUse.TrustData, at).Allows(SignatureAlgorithm.ES256);
    }

    private static MedIdResult<TrustDataBundle> Verify(string jws) => TrustDataBundle.Verify(jws, Signers, AlgorithmPolicy.Default, Now, TrustDataBundle.Default);

    private static async Task<TrustDataBundle> AcceptAsync(JsonObject bundle) => Verify(await SignAsync(bundle)).Value!;

    private static ValueTask<string> SignAsync(JsonObject bundle) => TrustDataSigner.SignAsync(Key, Utf8(bundle));

    private static byte[] Utf8(JsonObject bundle) => Encoding.UTF8.GetBytes(bundle.ToJsonString());

    /// <summary>A valid synthetic bundle, then one change.</summary>
    private static JsonObject Bundle(Action<JsonObject>? change = null)
    {
        var bundle = JsonNode.Parse($$"""
            {
              "version": 2026120101, "issued_at": "2026-12-01T00:00:00Z", "expires_at": "2027-12-01T00:00:00Z",
              "sections": {
                "roots": [{ "id": "synthetic", "status": "verified", "source": "synthetic", "purpose": "hpki", "sha256": "{{new string('a', 64)}}" }],
                "algorithms": [{ "id": "synthetic-end", "status": "verified", "source": "synthetic", "algorithm": "ES256", "use": "TrustData", "from": "2030-01-01T00:00:00Z" }],
                "hpki.roles": [{ "id": "synthetic", "status": "verified", "source": "synthetic", "kind": "qualification", "japanese": "架空", "text": "Synthetic",
                                 "from": "2026-02-01T00:00:00Z", "until": "2029-02-01T00:00:00Z" }]
              }
            }
            """)!.AsObject();
        change?.Invoke(bundle);
        return bundle;
    }
}
