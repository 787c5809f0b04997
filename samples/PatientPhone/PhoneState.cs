using System.Text.Json.Nodes;

namespace MedId.Samples.PatientPhone;

/// <summary>What the phone keeps over restarts: the authenticator with its keys and counter, and the account handle. A real phone keeps the keys in hardware.</summary>
internal sealed class PhoneState(string file)
{
    private readonly Lock _gate = new();

    /// <summary>The account handle of the enrolment; null before it.</summary>
    public string? Account { get; private set; }

    /// <summary>The authenticator; null before the first enrolment.</summary>
    public JsonObject? Authenticator { get; private set; }

    public static PhoneState Load(string file)
    {
        var state = new PhoneState(file);
        if (File.Exists(file))
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            state.Account = json["account"]?.GetValue<string>();
            state.Authenticator = json["authenticator"]?.DeepClone().AsObject();
        }

        return state;
    }

    /// <summary>Writes the whole state, so that a crash leaves the old or the new one.</summary>
    public void Save(JsonObject authenticator, string? account)
    {
        lock (_gate)
        {
            Account = account ?? Account;
            Authenticator = authenticator;
            var json = new JsonObject { ["account"] = Account, ["authenticator"] = authenticator.DeepClone() };
            var next = file + ".next";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter(next, options))
            {
                writer.Write(json.ToJsonString());
            }

            File.Move(next, file, overwrite: true);
        }
    }
}
