namespace MedId.Provider;

/// <summary>Hears what nobody will be told any more, and what goes wrong on the way, for a log line or an alarm.</summary>
public interface IOutboxObserver
{
    /// <summary>A message was given up.</summary>
    /// <param name="message">The message; its body is not for logs.</param>
    /// <param name="code">Why.</param>
    void GaveUp(OutboxMessage message, string code);

    /// <summary>A handler threw; the message is tried again until it expires.</summary>
    /// <param name="message">The message; its body is not for logs.</param>
    /// <param name="failure">The type of what it threw: its words may hold what nobody should read.</param>
    void Failed(OutboxMessage message, string failure)
    {
    }
}
