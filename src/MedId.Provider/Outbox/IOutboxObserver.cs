namespace MedId.Provider;

/// <summary>Hears what nobody will be told any more, for a log line or an alarm.</summary>
public interface IOutboxObserver
{
    /// <summary>A message was given up.</summary>
    /// <param name="message">The message; its body is not for logs.</param>
    /// <param name="code">Why.</param>
    void GaveUp(OutboxMessage message, string code);
}
