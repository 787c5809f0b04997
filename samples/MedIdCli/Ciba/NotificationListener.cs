using System.Net;
using MedId.Ciba.Client;

namespace MedId.Cli.Ciba;

/// <summary>Listens on loopback for notifications, on any path. A real relying party maps <c>MapCibaNotifications</c> of MedId.AspNetCore.RelyingParty and serves TLS.</summary>
internal sealed class NotificationListener : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string?, ReadOnlyMemory<byte>, Task<CibaNotificationAnswer>> _receive;

    private NotificationListener(int port, Func<string?, ReadOnlyMemory<byte>, Task<CibaNotificationAnswer>> receive)
    {
        _receive = receive;
        string[] hosts = ["127.0.0.1", "localhost"];
        foreach (var host in hosts)
        {
            _listener.Prefixes.Add($"http://{host}:{port}/");
        }
    }

    /// <summary>Opens it; when this returns an OP can call.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static NotificationListener Open(int port, Func<string?, ReadOnlyMemory<byte>, Task<CibaNotificationAnswer>> receive)
    {
        var listener = new NotificationListener(port, receive);
        try
        {
            listener._listener.Start();
        }
        catch (HttpListenerException e)
        {
            throw new IOException($"port {port} cannot be listened on", e);
        }

        _ = Task.Run(listener.ServeAsync);
        return listener;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var values = context.Request.Headers.GetValues("Authorization");
            context.Response.StatusCode = context.Request.HttpMethod != "POST" ? 405
                : await ReadAsync(context.Request) is { } body ? (await _receive(values is [var only] ? only : null, body)).Status
                : 413;
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The caller went away.
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpListenerRequest request)
    {
        var buffer = new byte[CibaNotification.MaxBytes + 1];
        var length = await request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length > CibaNotification.MaxBytes)
        {
            return null;
        }

        return buffer.AsMemory(0, length);
    }
}
