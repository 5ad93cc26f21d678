using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KubeFed.DevClusters.Tests;

/// <summary>Keeps what a cluster warns of, or worse.</summary>
internal sealed class WarningLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Warnings { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Warnings.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // Everything is kept here.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
