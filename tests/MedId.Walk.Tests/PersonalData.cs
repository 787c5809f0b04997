using System.Text;

namespace MedId.Walk.Tests;

/// <summary>A search for what belongs to persons in everything that the servers leave behind.</summary>
internal static class PersonalData
{
    /// <summary>Fails where a value of a person stands in a log, in telemetry or in a database.</summary>
    /// <returns>How many files were searched.</returns>
    public static int Search(DirectoryInfo folder) => Search(folder, Markers(folder));

    /// <summary>What the sample says about its synthetic persons: read from the configuration that the main job wrote, so that a new value is searched for too.</summary>
    private static List<string> Markers(DirectoryInfo folder)
    {
        var markers = new List<string>();
        foreach (var file in folder.EnumerateFiles("*.json", SearchOption.AllDirectories).Where(file => file.Name is "users.json" or "doctors.json"))
        {
            Collect(System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file.FullName))!, markers);
        }

        // From the synthetic records that the API serves.
        markers.AddRange(["花子", "アムロジピン", "アナフィラキシー"]);
        Assert.True(markers.Count > 8);
        return markers;
    }

    private static void Collect(System.Text.Json.Nodes.JsonNode node, List<string> markers)
    {
        foreach (var one in node.AsArray())
        {
            foreach (var (name, value) in one!.AsObject())
            {
                if (name is "login_hint" or "user_code" or "name" or "username" or "password" or "organization" && value is System.Text.Json.Nodes.JsonValue text && text.TryGetValue<string>(out var personal))
                {
                    markers.Add(personal);
                }
            }
        }
    }

    private static int Search(DirectoryInfo folder, List<string> markers)
    {
        var files = 0;
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension is ".log" or ".telemetry" or ".db" or ".db-wal" or ".db-shm" || file.Name.Contains(".db", StringComparison.Ordinal)))
        {
            files++;
            var bytes = File.ReadAllBytes(file.FullName);
            foreach (var marker in markers)
            {
                foreach (var (form, pattern) in Forms(marker))
                {
                    Assert.True(bytes.AsSpan().IndexOf(pattern) < 0, $"{file.Name} holds the value '{marker}' as {form}");
                }
            }
        }

        return files;
    }

    private static IEnumerable<(string Form, byte[] Pattern)> Forms(string marker)
    {
        var utf8 = Encoding.UTF8.GetBytes(marker);

        // Four digits alone are found by chance in any timestamp; they count where they stand as a value.
        if (marker.Length <= 4 && marker.All(char.IsAsciiDigit))
        {
            yield return ("UTF-8", Encoding.UTF8.GetBytes("\"" + marker + "\""));
            yield break;
        }

        yield return ("UTF-8", utf8);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(marker));
        yield return ("percent encoding", Encoding.ASCII.GetBytes(Uri.EscapeDataString(marker) is var escaped && escaped != marker ? escaped : "\0" + marker));
        yield return ("hexadecimal", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
        if (utf8.Length >= 9)
        {
            // Base64 of a value inside longer text: the middle letters do not depend on where it begins, for each of the three beginnings.
            for (var shift = 0; shift < 3; shift++)
            {
                var encoded = Convert.ToBase64String([.. new byte[shift], .. utf8]);
                var middle = encoded[(shift == 0 ? 0 : 4)..(encoded.Length - 4)];
                yield return ("base64", Encoding.ASCII.GetBytes(middle));
                yield return ("base64url", Encoding.ASCII.GetBytes(middle.Replace('+', '-').Replace('/', '_')));
            }
        }
    }
}
