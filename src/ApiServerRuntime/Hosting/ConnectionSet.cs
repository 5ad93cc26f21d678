using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Hosting;

/// <summary>
/// The open connections, with a heartbeat of our own. Kestrel's ends when Kestrel begins to stop, but an HTTP/2 connection that is to close
/// finds out that its last answer was sent only when it reads a frame or at a heartbeat. Without one, a client that keeps its connection
/// open although it was told to go holds up the stop until everything is cut.
/// </summary>
internal sealed class ConnectionSet(ILogger logger)
{
    private readonly ConcurrentDictionary<Heartbeat, ConnectionContext> _open = new();

    /// <summary>How many connections are open.</summary>
    public int Count => _open.Count;

    /// <summary>Keeps a connection in the set as long as it is served.</summary>
    public ConnectionDelegate Track(ConnectionDelegate next) => context => ServeAsync(context, next);

    /// <summary>Makes every connection look what it has to do. Not to be called twice at a time.</summary>
    public void Beat()
    {
        foreach ((Heartbeat heartbeat, ConnectionContext connection) in _open)
        {
            try
            {
                heartbeat.Beat();
            }
#pragma warning disable CA1031 // As Kestrel's own: what is wrong with one connection is nothing to the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                ApiServerLog.HeartbeatFailed(logger, connection.ConnectionId, e);
            }
        }
    }

    private async Task ServeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var heartbeat = new Heartbeat(context.Features.Get<IConnectionHeartbeatFeature>());
        context.Features.Set<IConnectionHeartbeatFeature>(heartbeat);
        _open.TryAdd(heartbeat, context);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(heartbeat, out _);
        }
    }

    private sealed class Heartbeat(IConnectionHeartbeatFeature? inner) : IConnectionHeartbeatFeature
    {
        private readonly ConcurrentQueue<(Action<object> Action, object State)> _actions = new();

        public void OnHeartbeat(Action<object> action, object state)
        {
            _actions.Enqueue((action, state));
            inner?.OnHeartbeat(action, state);
        }

        public void Beat()
        {
            foreach ((Action<object> action, object state) in _actions)
            {
                action(state);
            }
        }
    }
}
