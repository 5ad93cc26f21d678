using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Memory;

namespace KubeFed.Conformance.Storage;

/// <summary><see cref="MemoryStorage"/> under the storage contract.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class MemoryStorageTests : StorageContract
{
    private protected override Task<IStorage> OpenAsync() => Task.FromResult<IStorage>(new MemoryStorage(Clock));
}
