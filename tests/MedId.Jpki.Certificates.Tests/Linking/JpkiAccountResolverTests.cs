using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Linking;

public sealed class JpkiAccountResolverTests
{
    private readonly Scene _scene = new();
    private readonly Links _links = new();
    private readonly Dictionary<string, string> _accounts = new(StringComparer.Ordinal);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ResolveAsync_SignThenAuthenticate_IsOneAccount()
    {
        var (sign, login) = (Sign(), Login());
        _links.Add(sign.Reference!, login.Reference!);
        Assert.Equal(JpkiAccountMatch.Unknown, (await Resolve(sign)).Value!.Match);
        _accounts[sign.SubjectKey(Scene.Keys)] = "account-1";

        var found = (await Resolve(login)).Value!;

        Assert.Equal((JpkiAccountMatch.Linked, "account-1", login.SubjectKey(Scene.Keys)), (found.Match, found.Account, found.SubjectKey));
    }

    [Fact]
    public async Task ResolveAsync_MoveOfHouse_EndsTheCertificateNotTheAccount()
    {
        var (before, after) = (Sign(), Sign());
        _links.Add(before.Reference!, after.Reference!);
        _accounts[before.SubjectKey(Scene.Keys)] = "account-1";

        var moved = (await Resolve(after)).Value!;
        _accounts[moved.SubjectKey] = moved.Account!;

        Assert.Equal((JpkiAccountMatch.Linked, "account-1"), (moved.Match, moved.Account));
        Assert.Equal(JpkiAccountMatch.Known, (await Resolve(after)).Value!.Match);
        Assert.Equal(1, _links.Asked);
    }

    [Fact]
    public async Task ResolveAsync_LinksNotToBeHad_SaysNothing()
    {
        _links.IsDown = true;

        Assert.Equal(JpkiErrorCodes.LinkUnavailable, (await Resolve(Sign())).Error?.Code);
        Assert.Equal(JpkiErrorCodes.LinkUnavailable, (await new JpkiAccountResolver(Scene.Keys).ResolveAsync(Sign(), Find, Stop)).Error?.Code);
    }

    [Fact]
    public async Task ResolveAsync_TwoAccountsOfOnePerson_AreNotMerged()
    {
        var (one, other, third) = (Sign(), Sign(), Sign());
        _links.Add(third.Reference!, one.Reference!);
        _links.Add(third.Reference!, other.Reference!);
        _accounts[one.SubjectKey(Scene.Keys)] = "account-1";
        _accounts[other.SubjectKey(Scene.Keys)] = "account-2";

        Assert.Equal(JpkiErrorCodes.LinkConflict, (await Resolve(third)).Error?.Code);
    }

    [Fact]
    public async Task ResolveAsync_LinkIntoTheOtherHierarchy_DoesNotCount()
    {
        var sign = Sign();
        var foreign = new JpkiCertificateReference(JpkiCertificateKind.Sign, JpkiCarrier.Card, JpkiHierarchy.Test, [1, 2, 3]);
        _links.Add(sign.Reference!, foreign);
        _accounts[foreign.Key(Scene.Keys)] = "account-1";

        Assert.Equal(JpkiAccountMatch.Unknown, (await Resolve(sign)).Value!.Match);
    }

    [Fact]
    public async Task SamePerson_ResolvedAccount_IsAClaim()
    {
        var sign = Sign();
        _accounts[sign.SubjectKey(Scene.Keys)] = "account-1";
        var found = (await Resolve(sign)).Value!;

        Assert.Equal("same_person", DerivedClaims.SamePerson(sign, found, "account-1").Value?.Name);
        Assert.Equal(JpkiErrorCodes.ClaimNotProven, DerivedClaims.SamePerson(sign, found, "account-2").Error?.Code);
    }

    [Theory]
    [InlineData("00a1b2", "a1b2", true)]
    [InlineData("a1b2", "a1b3", false)]
    public void Equals_SerialNumbers_LeadingZerosDoNotCount(string one, string other, bool same)
    {
        JpkiCertificateReference Make(string serial) => new(JpkiCertificateKind.Sign, JpkiCarrier.Card, JpkiHierarchy.Production, Convert.FromHexString(serial));

        Assert.Equal(same, Make(one).Equals(Make(other)));
        Assert.Equal(same, Make(one).Key(Scene.Keys) == Make(other).Key(Scene.Keys));
        Assert.DoesNotContain("a1b2", Make(one).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("010000000000000000000000000000000000000000")]
    public void Reference_NoSerialNumber_IsMisuse(string serial) =>
        Assert.Throws<ArgumentException>(() => new JpkiCertificateReference(JpkiCertificateKind.Sign, JpkiCarrier.Card, JpkiHierarchy.Production, Convert.FromHexString(serial)));

    private JpkiEvidence Sign() => _scene.Accepted(_scene.World.IssueSigning());

    private JpkiEvidence Login() => _scene.Accepted(_scene.World.IssueAuthentication(), JpkiCertificateKind.Authenticate);

    private Task<MedIdResult<JpkiAccountResolution>> Resolve(JpkiEvidence evidence) => new JpkiAccountResolver(Scene.Keys, _links).ResolveAsync(evidence, Find, Stop);

    private Task<string?> Find(string key, CancellationToken cancellationToken) => Task.FromResult(_accounts.GetValueOrDefault(key));

    private sealed class Links : IJpkiCertificateLinks
    {
        private readonly List<(JpkiCertificateReference One, JpkiCertificateReference Other)> _pairs = [];

        public bool IsDown { get; set; }

        public int Asked { get; private set; }

        public void Add(JpkiCertificateReference one, JpkiCertificateReference other) => _pairs.Add((one, other));

        public Task<MedIdResult<IReadOnlyList<JpkiCertificateReference>>> FindAsync(JpkiCertificateReference certificate, CancellationToken cancellationToken = default)
        {
            Asked++;
            MedIdResult<IReadOnlyList<JpkiCertificateReference>> Answer() => IsDown
                ? new MedIdError(JpkiErrorCodes.LinkUnavailable, ErrorCategory.State, "test")
                : _pairs.Where(p => p.One.Equals(certificate) || p.Other.Equals(certificate)).Select(p => p.One.Equals(certificate) ? p.Other : p.One).ToList();
            return Task.FromResult(Answer());
        }
    }
}
