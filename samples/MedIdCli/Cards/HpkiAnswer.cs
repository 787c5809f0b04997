using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Hpki;

namespace MedId.Cli.Cards;

/// <summary>How HPKI's results are written.</summary>
internal static class HpkiAnswer
{
    public static (string Name, HpkiUse Use)[] Uses { get; } = [("sign", HpkiUse.Signature), ("authenticate", HpkiUse.Authentication), ("organisation", HpkiUse.Organisation)];

    public static void Write(Utf8JsonWriter writer, HpkiCertificate? certificate)
    {
        writer.WriteString("use", certificate?.Policy is { } policy ? Array.Find(Uses, u => u.Use == policy.Use).Name : null);
        if (certificate?.Policy is { Level: var level })
        {
            writer.WriteNumber("level", level);
        }
        else
        {
            writer.WriteNull("level");
        }

        writer.WriteTexts("policies", certificate?.PolicyOids ?? []);
        writer.WriteStartArray("roles");
        foreach (var role in certificate?.Roles ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("code", role.Code);
            writer.WriteString("scheme", role.Scheme);
            writer.WriteString("kind", JsonWriting.Name(role.Kind));
            writer.WriteString("status", role.Status is { } status ? JsonWriting.Name(status) : "unknown");
            if (role.Japanese is { } japanese)
            {
                writer.WriteString("japanese", japanese);
            }

            writer.WriteBoolean("granted", role.IsGranted);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (certificate?.Subject is not { } subject)
        {
            writer.WriteNull("subject");
            return;
        }

        writer.WriteStartObject("subject");
        writer.WriteString("name", subject.DisplayName);
        writer.WriteString("romajiName", subject.RomajiName);
        writer.WriteString("japaneseName", subject.JapaneseName);
        writer.WriteString("organisation", subject.DisplayOrganization);
        writer.WriteString("serialNumber", subject.SerialNumber);
        writer.WriteEndObject();
    }
}
