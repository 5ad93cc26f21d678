using KubeFed.ApiMachinery.Errors;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>
/// Changes or refuses writes. All plugins mutate, in order; then the object is validated by its schema; then all plugins validate, in order.
/// Status and scale writes pass too: a plugin that does not care looks at the subresource of the context.
/// </summary>
public interface IAdmissionPlugin
{
    /// <summary>Changes the object before it is validated by its schema.</summary>
    /// <exception cref="StatusException">The write is refused.</exception>
    ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Looks at the object after it was validated by its schema, and must not change it.</summary>
    /// <exception cref="StatusException">The write is refused.</exception>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
