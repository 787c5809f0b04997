using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Testing.Tests.Pki;

public sealed class SoftwareCardTests
{
    private static readonly byte[] Data = "LAB form"u8.ToArray();

    private readonly SoftwareJpkiCard _jpki = SoftwareJpkiCard.Issue(JpkiWorld.Create());
    private readonly SoftwareHpkiCard _hpki = SoftwareHpkiCard.Issue(HpkiWorld.Create());

    [Fact]
    public async Task SignAsync_AfterPassword_VerifiesWithTheCertificatesKey()
    {
        Assert.True(_jpki.EnterPassword("labsign1").Accepted);
        var key = _jpki.OpenSigningKey();

        Assert.Same(SignatureAlgorithm.RS256, key.Algorithm);
        Assert.True(Verify(_jpki.ReadSigningCertificate(), Data, await key.SignAsync(Data)));
    }

    [Fact]
    public async Task SignAsync_P384Generation_SignsEcdsaInDer()
    {
        var card = SoftwareJpkiCard.Issue(JpkiWorld.Create(), new() { Generation = 4 });
        card.EnterPin("1234");
        var key = card.OpenAuthenticationKey();

        Assert.Same(SignatureAlgorithm.EcdsaP384Der, key.Algorithm);
        var signature = await key.SignAsync(Data);
        Assert.True(key.PublicKey.Verify(key.Algorithm, Data, signature));
    }

    [Fact]
    public void Sign_AnyOctets_ArePaddedAndSignedUnseen()
    {
        _jpki.EnterPassword("LABSIGN1");
        var signature = _jpki.Sign([0xAB]);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(_jpki.ReadSigningCertificate().Key.SubjectPublicKeyInfo, out _);
        var block = System.Numerics.BigInteger.ModPow(
            new(signature, isUnsigned: true, isBigEndian: true), 65537, new(rsa.ExportParameters(false).Modulus!, isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);

        Assert.Equal([0x01, .. Enumerable.Repeat((byte)0xFF, 252), 0x00, 0xAB], block);
    }

    [Fact]
    public async Task OpenSigningKey_Sha1_SignsSha1()
    {
        _jpki.EnterPassword("LABSIGN1");
        var signature = await _jpki.OpenSigningKey(HashAlgorithmName.SHA1).SignAsync(Data);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(_jpki.ReadSigningCertificate().Key.SubjectPublicKeyInfo, out _);

        Assert.True(rsa.VerifyData(Data, signature, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void EnterPin_ThreeWrongOnes_BlockTheCard()
    {
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => _jpki.EnterPin("0000").RemainingTries));
        Assert.Equal(new CardPinResult(Accepted: false, RemainingTries: 0), _jpki.EnterPin("1234"));
        Assert.Throws<InvalidOperationException>(() => _jpki.Authenticate([1]));
    }

    [Fact]
    public void EnterPassword_RightOneAfterFourWrong_ResetsTheCounter()
    {
        Assert.Equal([4, 3, 2, 1], Enumerable.Range(0, 4).Select(_ => _jpki.EnterPassword("WRONG1").RemainingTries));
        Assert.Equal(new CardPinResult(Accepted: true, RemainingTries: 5), _jpki.EnterPassword("LABSIGN1"));
    }

    [Fact]
    public void Sign_WrongPasswordAfterRightOne_IsWantedAgain()
    {
        _jpki.EnterPassword("LABSIGN1");
        _jpki.EnterPassword("WRONG1");

        Assert.Throws<InvalidOperationException>(() => _jpki.Sign([1]));
    }

    [Fact]
    public void ReadSigningCertificate_WithoutPassword_IsRefused() => Assert.Throws<InvalidOperationException>(_jpki.ReadSigningCertificate);

    [Fact]
    public void Remove_AfterPin_WantsItAgain()
    {
        _jpki.EnterPin("1234");
        _jpki.Authenticate([1]);
        _jpki.Remove();

        Assert.Throws<InvalidOperationException>(() => _jpki.Authenticate([1]));
    }

    [Fact]
    public void Hpki_SecondSignature_WantsThePinAgain()
    {
        _hpki.EnterSigningPin("LAB12345");
        _hpki.Sign([1]);

        Assert.Throws<InvalidOperationException>(() => _hpki.Sign([1]));
    }

    [Fact]
    public async Task Hpki_CachedPin_SignsAgainAndAgain()
    {
        var key = _hpki.OpenSigningKey("LAB12345");

        Assert.True(Verify(_hpki.SigningCertificate, Data, await key.SignAsync(Data)));
        Assert.True(Verify(_hpki.SigningCertificate, Data, await key.SignAsync(Data)));
    }

    [Fact]
    public void Hpki_AuthenticationPin_IsWantedOnce()
    {
        _hpki.EnterAuthenticationPin("LAB12345");

        Assert.Equal(_hpki.Authenticate([1]), _hpki.Authenticate([1]));
    }

    private static bool Verify(TestCertificate certificate, byte[] data, byte[] signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(certificate.Key.SubjectPublicKeyInfo, out _);
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
