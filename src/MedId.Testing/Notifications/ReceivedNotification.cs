namespace MedId.Testing;

/// <summary>What a <see cref="TestNotificationEndpoint"/> was sent.</summary>
/// <param name="Path">The path.</param>
/// <param name="Authorization">The <c>Authorization</c> header; empty when absent.</param>
/// <param name="ContentType">The media type; empty when absent.</param>
/// <param name="Body">The body.</param>
/// <param name="Fault">How it was answered.</param>
public sealed record ReceivedNotification(string Path, string Authorization, string ContentType, string Body, NotificationFault Fault)
{
    /// <summary>The path and the fault; never the tokens.</summary>
    public override string ToString() => $"{Path}, {Fault}";
}
