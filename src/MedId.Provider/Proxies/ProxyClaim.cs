using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// The <c>consent_proxy</c> claim. The proxy is mostly a patient of this OP too: the claim names them by a pseudonym of the relation, so that no reader of a token can put the two together.
/// </summary>
internal static class ProxyClaim
{
    private const string Label = "consent proxy";

    public static string Pseudonym(ConsentProxy proxy) => SecretDigest.Compute(Label, $"{proxy.RelationId}\n{proxy.Subject}");

    public static string Write(ConsentProxy proxy)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sub", Pseudonym(proxy));
            json.WriteString("relationship", Word(proxy.Relationship));
            json.WriteString("name", proxy.Name);
            json.WriteString("patient_name", proxy.PatientName);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static string Word(ProxyRelationship relationship) => relationship switch
    {
        ProxyRelationship.Parent => "parent",
        ProxyRelationship.Guardian => "guardian",
        ProxyRelationship.Agent => "agent",
        _ => throw new ArgumentOutOfRangeException(nameof(relationship)),
    };
}
