namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Where the server learns which types it serves. They may come and go while it runs.</summary>
public interface ITypeSource
{
    /// <summary>The types served now.</summary>
    TypeSnapshot Current { get; }

    /// <summary>Calls back after each change, on the thread that made it; the callback must be short. Dispose to stop.</summary>
    IDisposable OnChange(Action<TypeSnapshot> changed);
}
