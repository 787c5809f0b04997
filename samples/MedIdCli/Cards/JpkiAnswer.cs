using System.Globalization;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Jpki.Certificates;

namespace MedId.Cli.Cards;

/// <summary>How JPKI's results are written.</summary>
internal static class JpkiAnswer
{
    public static void WriteProfile(Utf8JsonWriter writer, JpkiCertificateProfile? profile)
    {
        writer.WriteString("kind", profile?.Kind switch
        {
            null => null,
            JpkiCertificateKind.Sign => "sign",
            _ => "authenticate",
        });
        if (profile is not null)
        {
            writer.WriteString("carrier", JsonWriting.Name(profile.Carrier));
            writer.WriteString("hierarchy", JsonWriting.Name(profile.Hierarchy));
        }

        writer.WriteString("policy", profile?.PolicyOid);
    }

    public static void WriteBasicFour(Utf8JsonWriter writer, BasicFourAttributes? four)
    {
        if (four is null)
        {
            writer.WriteNull("basicFour");
            return;
        }

        writer.WriteStartObject("basicFour");
        WriteText(writer, "name", four.Name);
        WriteText(writer, "address", four.Address);
        writer.WriteString("gender", JsonWriting.Name(four.Gender));
        writer.WriteString("birthDate", BirthDate(four.BirthDate));
        writer.WriteString("birthDatePrecision", JsonWriting.Name(four.BirthDate.Precision));
        writer.WriteEndObject();
    }

    public static void WriteRevocation(Utf8JsonWriter writer, JpkiRevocation revocation)
    {
        writer.WriteStartObject("revocation");
        writer.WriteString("status", JsonWriting.Name(revocation.Status));
        if (revocation.Reason is not null)
        {
            writer.WriteString("reason", JsonWriting.Text(revocation.Reason));
        }

        if (revocation.RevokedAt is not null)
        {
            writer.WriteTime("time", revocation.RevokedAt);
        }

        writer.WriteString("action", JsonWriting.Name(revocation.Action));
        writer.WriteSource(revocation.Source);
        writer.WriteEndObject();
    }

    public static void WriteMatch(Utf8JsonWriter writer, FormComparison? comparison)
    {
        if (comparison is null)
        {
            return;
        }

        writer.WriteStartObject("formMatch");
        foreach (var (name, attribute) in new[] { ("name", comparison.Name), ("address", comparison.Address), ("gender", comparison.Gender), ("birthDate", comparison.BirthDate) })
        {
            writer.WriteString(name, attribute.Verdict == AttributeVerdict.NotStated ? null : JsonWriting.Name(attribute.Verdict));
        }

        writer.WriteEndObject();
    }

    /// <summary>As far as it is known: year, month, day.</summary>
    private static string? BirthDate(JpkiBirthDate date) => date.Precision switch
    {
        BirthDatePrecision.Day => date.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        BirthDatePrecision.Month => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}"),
        BirthDatePrecision.Year => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}"),
        _ => null,
    };

    private static void WriteText(Utf8JsonWriter writer, string name, SubstitutableText text)
    {
        writer.WriteString(name, text.Text);
        writer.WriteStartArray(name + "Substituted");
        foreach (var character in text.Substituted)
        {
            writer.WriteNumberValue(character.Position);
        }

        writer.WriteEndArray();
        if (text.IsUndetermined)
        {
            writer.WriteBoolean(name + "SubstitutionUndetermined", true);
        }
    }
}
