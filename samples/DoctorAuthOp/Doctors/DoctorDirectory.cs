using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>The practitioners of the doctors file. See README.md for its form.</summary>
internal sealed partial class DoctorDirectory
{
    private readonly Dictionary<string, Doctor> _byName;

    private DoctorDirectory(Dictionary<string, Doctor> byName) => _byName = byName;

    /// <exception cref="JsonException">The file is not of the form.</exception>
    public static DoctorDirectory Load(string file)
    {
        using var stream = File.OpenRead(file);
        var doctors = JsonSerializer.Deserialize(stream, DoctorJson.Default.DoctorArray) ?? throw new JsonException("no doctors");
        return new DoctorDirectory(doctors.ToDictionary(doctor => doctor.Username, StringComparer.Ordinal));
    }

    public Doctor? Find(string username) => _byName.GetValueOrDefault(username);

    [JsonSerializable(typeof(Doctor[]))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false)]
    private sealed partial class DoctorJson : JsonSerializerContext;
}
