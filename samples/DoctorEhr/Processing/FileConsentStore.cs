using System.Text.Json;
using System.Text.Json.Serialization;
using MedId.Ciba.Client;

namespace MedId.Samples.DoctorEhr;

/// <summary>Consents to process in one JSON file, written whole and put into place by a rename; for one process. A real EHR has a database.</summary>
internal sealed class FileConsentStore(string file) : IProcessingConsentStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async ValueTask AddAsync(ProcessingConsent consent, CancellationToken cancellationToken = default)
    {
        await ChangeAsync(
            all =>
            {
                if (all.Exists(known => string.Equals(known.Id, consent.Id, StringComparison.Ordinal)))
                {
                    throw new ArgumentException("The id is taken.", nameof(consent));
                }

                all.Add(consent);
                return consent;
            },
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ProcessingConsent>> ListAsync(string clientId, string patient, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var all = await ReadAsync(cancellationToken);
            all.Reverse();
            return [.. all.Where(one => one.ClientId == clientId && one.Patient == patient).OrderByDescending(one => one.GivenAt)];
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<ProcessingConsent?> WithdrawAsync(string clientId, string id, DateTimeOffset at, CancellationToken cancellationToken = default) => await ChangeAsync(
        all =>
        {
            var index = all.FindIndex(one => one.Id == id && one.ClientId == clientId && one.WithdrawnAt is null);
            return index < 0 ? null : all[index] = all[index] with { WithdrawnAt = at };
        },
        cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task<ProcessingConsent?> ChangeAsync(Func<List<ProcessingConsent>, ProcessingConsent?> change, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var all = await ReadAsync(cancellationToken);
            var changed = change(all);
            var next = file + ".next";
            await File.WriteAllBytesAsync(next, JsonSerializer.SerializeToUtf8Bytes(all, ConsentFileJson.Default.ListProcessingConsent), cancellationToken);
            File.Move(next, file, overwrite: true);
            return changed;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<List<ProcessingConsent>> ReadAsync(CancellationToken cancellationToken) =>
        File.Exists(file) ? JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellationToken), ConsentFileJson.Default.ListProcessingConsent)! : [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<ProcessingConsent>))]
internal sealed partial class ConsentFileJson : JsonSerializerContext;
