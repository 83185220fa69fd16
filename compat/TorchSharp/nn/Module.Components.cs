using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // A component's name is its path: the names on the way to it, with dots between.
        public partial class Module
        {
            /// <summary>The modules directly inside.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>The modules directly inside, by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _modulesByName.Select(m => (m.Name, m.Value));

            /// <summary>All modules inside, at any depth.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>All modules inside, at any depth, by name: first those directly inside, then what is in each of them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children())
                    yield return child;
                foreach (var (name, module) in named_children())
                {
                    foreach (var (inner, found) in module.named_modules())
                        yield return ($"{name}.{inner}", found);
                }
            }

            /// <summary>The parameters, those of modules inside too unless <paramref name="recurse"/> is false.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            /// <summary>The parameters by name, this module's own first. A parameter that several modules share comes once, under its first name.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                AllParameters(recurse).DistinctBy(p => p.parameter, ReferenceEqualityComparer.Instance);

            /// <summary>The buffers, those of modules inside too unless <paramref name="recurse"/> is false.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            /// <summary>The buffers by name, this module's own first.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, buffer) in _buffersByName)
                {
                    if (buffer.Persistent || include_nonpersistent)
                        yield return (name, buffer.Tensor);
                }

                if (!recurse)
                    yield break;
                foreach (var (name, module) in named_children())
                {
                    foreach (var (inner, buffer) in module.named_buffers(true, include_nonpersistent))
                        yield return ($"{name}.{inner}", buffer);
                }
            }

            /// <summary>The parameter of a name (a path with dots reaches into modules inside), or null.</summary>
            public virtual Parameter? get_parameter(string target) => Owner(target) is var (module, name) ? module._parametersByName.Find(name) : null;

            /// <summary>The buffer of a name (a path with dots reaches into modules inside), or null.</summary>
            public virtual Tensor? get_buffer(string target) => Owner(target) is var (module, name) ? module._buffersByName.Find(name).Tensor : null;

            /// <summary>Whether there is a parameter of that name.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>Whether there is a buffer of that name.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                foreach (var (name, parameter) in _parametersByName)
                    yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach (var (name, module) in named_children())
                {
                    foreach (var (inner, parameter) in module.AllParameters(true))
                        yield return ($"{name}.{inner}", parameter);
                }
            }

            // The module that a path's last name belongs to.
            private (Module Module, string Name)? Owner(string path)
            {
                var names = path.Split('.');
                var module = this;
                foreach (var step in names[..^1])
                {
                    if (module._modulesByName.Find(step) is not { } next)
                        return null;
                    module = next;
                }

                return (module, names[^1]);
            }
        }
    }
}
