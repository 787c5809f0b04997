using System.Text;
using MedId.Cli.Frame;
using MedId.Cryptography;
using MedId.Jpki.Certificates;

namespace MedId.Cli.Cards;

/// <summary><c>medid jpki verify-signin</c>: <see cref="JpkiSignInVerifier"/>.</summary>
internal sealed class JpkiVerifySignInVerb() : Verb("jpki", "verify-signin", "an answer to a sign-in challenge")
{
    /// <summary>Makes subject keys of one tool comparable; a server has a secret of its own here.</summary>
    private static readonly byte[] NoSecret = Encoding.ASCII.GetBytes("medid on a command line, no secret");

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var evidence = pki.Evidence();
        var policy = JpkiInput.Policy(input, common, pki.Anchors("trustAnchors"));
        var (random, audience, issuedAt) = (input.Binary("challenge"), input.Text("audience"), input.Time("issuedAt"));
        var lifetime = input.OptionalSeconds("lifetimeSeconds");
        var signature = input.Binary("signature");
        var digestKey = input.OptionalBinary("subjectDigestKey");
        return () =>
        {
            var challenge = JpkiSignInChallenge.Restore(audience, random, issuedAt, lifetime);
            if ((pki.Error ?? challenge.Error) is { } unread)
            {
                return Answer.Refused(unread);
            }

            var decided = new JpkiSignInVerifier(policy, new KeyedDigest(digestKey ?? NoSecret)).Verify(challenge.Value!, audience, signature, certificate!, evidence, common.At);
            var answer = JpkiVerifyVerb.Judge(decided.Outcome, decided.Error, decided.Standing, decided.Certificate, null, pki);
            return answer with
            {
                Members = writer =>
                {
                    writer.WriteString("subjectKey", decided.SignIn?.SubjectKey);
                    if (decided.SignIn?.ReplayKey is { } key)
                    {
                        writer.WriteStartObject("replayKey");
                        writer.WriteString("issuer", key.Issuer);
                        writer.WriteString("id", key.Id);
                        writer.WriteTime("expiresAt", key.ExpiresAt);
                        writer.WriteEndObject();
                    }
                    else
                    {
                        writer.WriteNull("replayKey");
                    }

                    answer.Members(writer);
                },
            };
        };
    }
}
