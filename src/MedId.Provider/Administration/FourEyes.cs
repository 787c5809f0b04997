using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Acts that need two operators: the first one's order waits in the settings for the second one's.</summary>
internal sealed class FourEyes(ISettingStore store, ProviderOptions options, AdministrationOptions rules, TimeProvider time)
{
    /// <summary>Judges an order. Granted: done now, and the waiting order is used up. Otherwise it waits.</summary>
    /// <param name="act">Names act and object, e.g. <c>key-revoked:kid</c>.</param>
    /// <param name="actor">Who orders.</param>
    /// <param name="line">The line of the trail for an order that waits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<FourEyesOutcome> JudgeAsync(string act, AdministrationActor actor, AuditLine line, CancellationToken cancellationToken)
    {
        if (!rules.FourEyes)
        {
            return new(IsGranted: true, null, null);
        }

        while (true)
        {
            var now = time.GetUtcNow();
            var stored = await store.FindSettingAsync(options.Tenant, SettingKinds.FourEyes, act, cancellationToken).ConfigureAwait(false);
            var first = stored is { Removed: false } && now < stored.ChangedAt + rules.FourEyesWindow ? OperatorOf(stored) : null;
            if (first is not null && string.Equals(first, actor.OperatorId, StringComparison.Ordinal))
            {
                return new(IsGranted: false, first, stored!.ChangedAt + rules.FourEyesWindow);
            }

            var next = new Setting
            {
                Tenant = options.Tenant,
                Kind = SettingKinds.FourEyes,
                Id = act,
                Version = (stored?.Version ?? 0) + 1,
                Body = Body(actor),
                ChangedAt = now,
                Removed = first is not null,
            };
            if (await store.TryPutSettingAsync(next, first is null ? line with { At = now, Reason = line.Reason + "-asked" } : null, cancellationToken).ConfigureAwait(false))
            {
                return first is null ? new(IsGranted: false, actor.OperatorId, now + rules.FourEyesWindow) : new(IsGranted: true, first, null);
            }
        }
    }

    private static string Body(AdministrationActor actor)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("client_id", actor.ClientId);
            json.WriteString("operator", actor.OperatorId);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string? OperatorOf(Setting setting) =>
        StrictJson.ParseObject(Encoding.UTF8.GetBytes(setting.Body)) is { Succeeded: true } parsed && parsed.Value.TryGetProperty("operator", out var one) ? one.GetString() : null;
}
