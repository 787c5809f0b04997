using MedId.Provider;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>One line for what nobody will be told any more, or for an attempt that threw: its kind and why, no id of anything.</summary>
internal sealed class OutboxLog(ILogger<ProviderLog> log) : IOutboxObserver
{
    public void GaveUp(OutboxMessage message, string code) => Log.OutboxGaveUp(log, message.Kind, message.Attempts, code);

    public void Failed(OutboxMessage message, string failure) => Log.OutboxAttemptFailed(log, message.Kind, message.Attempts, failure);
}
