using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>The connections for reading. Each read is a snapshot and holds up no write.</summary>
internal sealed class ReadPool : IAsyncDisposable
{
    private readonly string _path;
    private readonly int _size;
    private readonly ConcurrentBag<ReadConnection> _idle = [];
    private readonly SemaphoreSlim _slots;
    private volatile bool _closed;

    internal ReadPool(string path, int size)
    {
        _path = path;
        _size = size;
        _slots = new SemaphoreSlim(size);
    }

    /// <summary>Waits for the reads under way, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < _size; i++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }

        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _slots.Release(_size);
    }

    internal async ValueTask<T> RunAsync<T>(Func<ReadConnection, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStorage));
            return Run(read);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e);
        }
        finally
        {
            _slots.Release();
        }
    }

    private T Run<T>(Func<ReadConnection, T> read)
    {
        var connection = _idle.TryTake(out var idle) ? idle : new ReadConnection(_path);
        try
        {
            var result = read(connection);
            _idle.Add(connection);
            return result;
        }
        catch (Exception e) when (e is RevisionCompactedException or RevisionTooLargeException or OperationCanceledException)
        {
            _idle.Add(connection);
            throw;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
