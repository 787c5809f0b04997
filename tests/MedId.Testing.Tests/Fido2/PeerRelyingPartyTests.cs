using System.Text.Json.Nodes;

namespace MedId.Testing.Tests;

/// <summary>What the emulator makes is accepted by a relying party that shares no code with it; what is wrong in it is not.</summary>
[Trait("Peer", "node")]
public class PeerRelyingPartyTests
{
    [Fact]
    public async Task Peer_EveryAlgorithm_AcceptsRegistrationAndAuthentication()
    {
        // The peer knows neither secp256k1 nor Ed448; node's own WebCrypto decides the rest.
        int[] known = [-7, -35, -36, -8, -257, -258, -259, -37, -38, -39];
        var lines = new List<JsonObject>();
        foreach (var algorithm in known)
        {
            var authenticator = new VirtualFido2Authenticator(new() { Format = VirtualFido2Format.PackedSelf });
            Add(lines, authenticator, $"{algorithm}", algorithm);
        }

        await AllAcceptedAsync(lines);
    }

    [Fact]
    public async Task Peer_EveryFormatThatItKnows_AcceptsTheStatement()
    {
        var lines = new List<JsonObject>();
        foreach (var format in Enum.GetValues<VirtualFido2Format>().Except([VirtualFido2Format.Compound]))
        {
            var authenticator = new VirtualFido2Authenticator(new() { Format = format });
            Add(lines, authenticator, format.ToString(), -7);
        }

        Add(lines, new(new() { Format = VirtualFido2Format.Tpm, AttestationKey = TestKeyKind.Rsa2048 }), "tpm rsa", -257);
        Add(lines, new(new() { Format = VirtualFido2Format.Tpm, TpmUsesSha1 = true }), "tpm rs1", -257);
        Add(lines, new(new() { Format = VirtualFido2Format.Packed, AttestationKey = TestKeyKind.P384 }), "packed p384", -257);
        await AllAcceptedAsync(lines);
    }

    [Fact]
    public async Task Peer_Faults_RefusesThem()
    {
        Fido2Fault[] registrations =
        [
            Fido2Fault.OtherChallenge, Fido2Fault.OtherOrigin, Fido2Fault.OtherRpId, Fido2Fault.NoUserPresence, Fido2Fault.AttestationTamperedSignature, Fido2Fault.AttestationForeignRoot,
            Fido2Fault.PackedLeafOtherUnit, Fido2Fault.AttestationOtherClientData, Fido2Fault.OtherCeremony, Fido2Fault.BackedUpWithoutEligibility,
        ];
        Fido2Fault[] authentications = [Fido2Fault.TamperedSignature, Fido2Fault.ForeignKey, Fido2Fault.OtherChallenge, Fido2Fault.OtherRpId, Fido2Fault.CounterNotAdvanced, Fido2Fault.NoUserPresence];
        var lines = new List<JsonObject>();
        foreach (var fault in registrations)
        {
            var authenticator = new VirtualFido2Authenticator();
            var challenge = RelyingParty.Challenge();
            lines.Add(SimpleWebAuthnPeer.Registration($"create {fault}", challenge, authenticator.Create(RelyingParty.Creation(challenge).ToJsonString(), RelyingParty.Client, fault), authenticator));
        }

        foreach (var fault in authentications)
        {
            var authenticator = new VirtualFido2Authenticator();
            authenticator.Create(RelyingParty.Creation(RelyingParty.Challenge()).ToJsonString(), RelyingParty.Client);
            authenticator.Get(RelyingParty.Request(RelyingParty.Challenge()).ToJsonString(), RelyingParty.Client);
            var challenge = RelyingParty.Challenge();
            var answer = authenticator.Get(RelyingParty.Request(challenge).ToJsonString(), RelyingParty.Client, fault);
            lines.Add(SimpleWebAuthnPeer.Authentication($"get {fault}", challenge, answer, authenticator.Credentials[0], 1));
        }

        foreach (var (id, answer) in await SimpleWebAuthnPeer.JudgeAsync(lines))
        {
            Assert.False((bool)answer["verified"]!, id);
        }
    }

    private static void Add(List<JsonObject> lines, VirtualFido2Authenticator authenticator, string name, int algorithm)
    {
        var challenge = RelyingParty.Challenge();
        var created = authenticator.Create(RelyingParty.Creation(challenge, algorithms: algorithm).ToJsonString(), RelyingParty.Client);
        lines.Add(SimpleWebAuthnPeer.Registration("create " + name, challenge, created, authenticator));
        var second = RelyingParty.Challenge();
        var signed = authenticator.Get(RelyingParty.Request(second).ToJsonString(), RelyingParty.Client);
        lines.Add(SimpleWebAuthnPeer.Authentication("get " + name, second, signed, authenticator.Credentials[0], 0));
    }

    private static async Task AllAcceptedAsync(List<JsonObject> lines)
    {
        var answers = await SimpleWebAuthnPeer.JudgeAsync(lines);
        Assert.Equal(lines.Count, answers.Count);
        var refused = string.Join("; ", answers.Values.Where(answer => !(bool)answer["verified"]!).Select(answer => answer.ToJsonString()));
        Assert.True(refused.Length == 0, refused);
    }
}
