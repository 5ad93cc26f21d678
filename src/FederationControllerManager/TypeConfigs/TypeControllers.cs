using KubeFed.ApiMachinery.Identity;
using KubeFed.FederationControllerManager.Sync;
using Microsoft.Extensions.Logging;

namespace KubeFed.FederationControllerManager.TypeConfigs;

/// <summary>The controllers of the enabled types, started and stopped while the process runs. For use by one caller at a time.</summary>
internal sealed class TypeControllers(SyncServices services, ILogger<TypeControllers> logger) : IAsyncDisposable
{
    private readonly Dictionary<string, Running> _running = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>Whether a controller of a type config runs.</summary>
    public bool IsRunning(string name)
    {
        lock (_lock)
        {
            return _running.TryGetValue(name, out var running) && !running.HasEnded;
        }
    }

    /// <summary>The type that the controller of a type config runs for, or null.</summary>
    public FederatedType? TypeOf(string name)
    {
        lock (_lock)
        {
            return _running.TryGetValue(name, out var running) && !running.HasEnded ? running.Type : null;
        }
    }

    /// <summary>Lets all controllers look at their objects once more, because the settings have changed.</summary>
    public void LookAgain()
    {
        lock (_lock)
        {
            foreach (var running in _running.Values)
            {
                running.LookAgain();
            }
        }
    }

    /// <summary>Starts the controller of a type, or restarts it when what it runs for has changed.</summary>
    public async Task EnsureAsync(FederatedType type, GroupVersionResource? federatedNamespaces)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(type.Name, out var running) && running.IsFor(type, federatedNamespaces) && !running.HasEnded)
            {
                return;
            }
        }

        await StopAsync(type.Name);
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _running.Add(type.Name, new Running(type, federatedNamespaces, services, logger));
        }
    }

    /// <summary>Stops the controller of a type config and waits until it has; does nothing when none runs.</summary>
    public async Task StopAsync(string name)
    {
        Running? running;
        lock (_lock)
        {
            _running.Remove(name, out running);
        }

        if (running is not null)
        {
            await running.DisposeAsync();
        }
    }

    /// <summary>Stops all.</summary>
    public async ValueTask DisposeAsync()
    {
        string[] names;
        lock (_lock)
        {
            _disposed = true;
            names = [.. _running.Keys];
        }

        await Task.WhenAll(names.Select(StopAsync));
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly FederatedType _type;
        private readonly GroupVersionResource? _federatedNamespaces;
        private readonly ILogger _logger;
        private readonly SyncController _controller;
        private readonly Task _task;

        public Running(FederatedType type, GroupVersionResource? federatedNamespaces, SyncServices services, ILogger logger)
        {
            _type = type;
            _federatedNamespaces = federatedNamespaces;
            _logger = logger;
            _controller = new SyncController(type, federatedNamespaces, services);
            using var _ = ExecutionContext.SuppressFlow();
            _task = Task.Run(() => RunAsync(_controller), CancellationToken.None);
        }

        public FederatedType Type => _type;

        public bool HasEnded => _task.IsCompleted;

        public void LookAgain() => _controller.OnSettingsChanged();

        public bool IsFor(FederatedType type, GroupVersionResource? federatedNamespaces) =>
            _type == type && _federatedNamespaces == federatedNamespaces;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _task;
            _stopping.Dispose();
        }

        private async Task RunAsync(SyncController controller)
        {
            try
            {
                await using (controller)
                {
                    await controller.RunAsync(_stopping.Token);
                }
            }
#pragma warning disable CA1031 // One type's controller must not take down the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                TypeConfigLog.ControllerFailed(_logger, e, _type.Name);
            }
        }
    }
}
