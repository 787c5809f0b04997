using System.Text;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class FieldCipherTests
{
    private const string Purpose = "notice/17/body";

    private static readonly FieldKey Old = FieldKey.Generate("2025");
    private static readonly FieldKey New = FieldKey.Generate("2026");

    [Theory]
    [InlineData("")]
    [InlineData("山田 花子")]
    public void Unprotect_SameTenantAndPurpose_GivesThePlaintext(string text)
    {
        var cipher = new FieldCipher("hospital-a", New);
        var envelope = cipher.ProtectText(Purpose, text);

        Assert.Equal(text, Refused.Not(cipher.UnprotectText(Purpose, envelope)));
        Assert.NotEqual(envelope, cipher.ProtectText(Purpose, text));
        Assert.True(text.Length == 0 || envelope.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0);
    }

    [Fact]
    public void Unprotect_MovedElsewhere_IsRefused()
    {
        var cipher = new FieldCipher("hospital-a", New);
        var envelope = cipher.ProtectText(Purpose, "x");

        Refused.With(CryptographyErrorCodes.FieldNotAuthentic, cipher.Unprotect("notice/18/body", envelope));
        Refused.With(CryptographyErrorCodes.FieldNotAuthentic, new FieldCipher("hospital-b", New).Unprotect(Purpose, envelope));
        Refused.With(CryptographyErrorCodes.FieldNotAuthentic, new FieldCipher("hospital-a", FieldKey.Generate("2026")).Unprotect(Purpose, envelope));
        Refused.With(CryptographyErrorCodes.FieldKeyUnknown, new FieldCipher("hospital-a", Old).Unprotect(Purpose, envelope));
    }

    [Fact]
    public void Unprotect_PartsThatJoinToTheSameText_AreStillDifferent()
    {
        var envelope = new FieldCipher("ab", New).ProtectText("c", "x");

        Refused.With(CryptographyErrorCodes.FieldNotAuthentic, new FieldCipher("a", New).Unprotect("bc", envelope));
    }

    [Fact]
    public void Unprotect_AfterRotation_StillReadsOldCiphertexts()
    {
        var envelope = new FieldCipher("t", Old).ProtectText(Purpose, "x");
        var rotated = new FieldCipher("t", New, [Old]);

        Assert.Equal("x", Refused.Not(rotated.UnprotectText(Purpose, envelope)));
        Assert.True(rotated.NeedsRotation(envelope));
        Assert.False(rotated.NeedsRotation(rotated.ProtectText(Purpose, "x")));
    }

    [Fact]
    public void Unprotect_AnyMutant_IsRefused()
    {
        var cipher = new FieldCipher("t", New);
        var envelope = cipher.ProtectText(Purpose, "personal");
        foreach (var mutant in SeededMutator.EveryBitFlip(envelope).Concat(SeededMutator.EveryTruncation(envelope)).Concat(new SeededMutator(38).Mutate(envelope, 3_000)))
        {
            Assert.False(cipher.Unprotect(Purpose, mutant.Bytes).Succeeded, mutant.How);
        }

        Refused.With(CryptographyErrorCodes.FieldMalformed, cipher.Unprotect(Purpose, []));
        Refused.With(CryptographyErrorCodes.FieldMalformed, cipher.Unprotect(Purpose, envelope.AsSpan(..33)));
        Refused.With(CryptographyErrorCodes.FieldMalformed, cipher.Unprotect(Purpose, [2, .. envelope[1..]]));
    }

    [Fact]
    public void DeriveForTenant_Tenant_HasItsOwnKey()
    {
        var master = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var envelope = new FieldCipher("a", FieldKey.DeriveForTenant("m1", master, "a")).ProtectText(Purpose, "x");

        Refused.Not(new FieldCipher("a", FieldKey.DeriveForTenant("m1", master, "a")).Unprotect(Purpose, envelope));
        Refused.With(CryptographyErrorCodes.FieldNotAuthentic, new FieldCipher("a", FieldKey.DeriveForTenant("m1", master, "b")).Unprotect(Purpose, envelope));
        Assert.Throws<ArgumentException>(() => FieldKey.DeriveForTenant("m1", master.AsSpan(1), "a"));
    }

    [Fact]
    public void Constructor_WrongKeys_Throws()
    {
        Assert.Throws<ArgumentException>(() => new FieldCipher("t", New, [FieldKey.Generate("2026")]));
        Assert.Throws<ArgumentException>(() => new FieldKey("a b", new byte[32]));
        Assert.Throws<ArgumentException>(() => new FieldKey(new string('a', 65), new byte[32]));
        Assert.Throws<ArgumentException>(() => new FieldKey("a", new byte[31]));
        Assert.Equal("2026", New.ToString());
    }
}
