namespace KubeFed.ApiServerRuntime.Storage.Sqlite;

/// <summary>Something for the writer to do within a transaction that it shares with others.</summary>
internal abstract class WorkItem
{
    /// <summary>The bytes that it holds while it waits.</summary>
    internal virtual long Size => 0;

    /// <summary>Whether it counts as a write of a caller.</summary>
    internal virtual bool IsWrite => false;

    /// <summary>Does it, and keeps what came of it until the transaction is durable. May be given up if the caller has.</summary>
    internal abstract void Run(WriteTransaction transaction);

    /// <summary>Tells what came of it.</summary>
    internal abstract void Complete();

    /// <summary>Tells that the transaction failed.</summary>
    internal abstract void Fail(Exception exception);
}
